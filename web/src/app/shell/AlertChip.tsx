/** Alerts nobody has seen to, on every screen of those who lead; a new one is heard and says what it is about. */
import { BellRing } from "lucide-react";
import { useEffect, useRef } from "react";
import { newlyLoud } from "@/features/board/alerts";
import { localText, lookup, useT } from "@/i18n/t";
import type { BoardAlert } from "@/live/protocol";
import { queueName } from "@/live/selectors";
import { useLive } from "@/live/store";
import { StateChip } from "@/ui/StateChip";
import { showToast } from "@/ui/toasts";
import { Link } from "../Link";
import { preferences } from "../preferences";
import { chime } from "../ring";

const NONE: readonly BoardAlert[] = [];

export function AlertChip() {
  const t = useT();
  const alerts = useLive((state) => state.me?.alerts ?? NONE);
  const known = useLive((state) => state.me !== null);
  const before = useRef<readonly BoardAlert[] | null>(null);
  useEffect(() => {
    if (!known) return;
    const fresh = before.current === null ? NONE : newlyLoud(before.current, alerts);
    before.current = alerts;
    if (fresh.length === 0) return;
    chime(preferences().volume);
    if (window.location.pathname.startsWith("/live")) return; // it is in view there
    for (const { queue_id, metric } of fresh) {
      const what = lookup(`board.metric.${metric}`) ?? metric;
      showToast({
        tone: "bad",
        text: t("shell.alert", { queue: localText(queueName(queue_id), queue_id), what }),
      });
    }
  }, [alerts, known, t]);
  const open = alerts.filter((alert) => !alert.acknowledged);
  if (open.length === 0) return null;
  const worst = open.some((alert) => alert.level === "alarm") ? "late" : "wait";
  return (
    <Link to="/live">
      <StateChip state={worst} icon={<BellRing size={13} aria-hidden="true" />}>
        {t("shell.alerts", { count: open.length })}
      </StateChip>
    </Link>
  );
}
