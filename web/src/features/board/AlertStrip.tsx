/** Queues whose numbers are beyond their limits: colour, word and sound, until somebody has seen to it. */
import { Check } from "lucide-react";
import { useEffect, useRef } from "react";
import { ApiError, api } from "@/api/client";
import { preferences } from "@/app/preferences";
import { chime } from "@/app/ring";
import { formatClock, formatNumber, formatTime } from "@/i18n/format";
import { localText, lookup, useT } from "@/i18n/t";
import type { BoardAlert } from "@/live/protocol";
import { queueName } from "@/live/selectors";
import { Button } from "@/ui/Button";
import { StateChip } from "@/ui/StateChip";
import { showToast } from "@/ui/toasts";
import { keyOf, newlyLoud, unitOf } from "./alerts";
import styles from "./board.module.css";
import { Clock } from "./Clocks";

const NONE: readonly BoardAlert[] = [];

function written(metric: string, value: number | null): string {
  if (value === null) return "–";
  const unit = unitOf(metric);
  if (unit === "clock") return formatClock(value);
  return unit === "percent" ? `${formatNumber(value)}%` : formatNumber(value);
}

async function seeTo({ queue_id, metric, level }: BoardAlert): Promise<void> {
  try {
    await api.post("/board/alerts/acknowledge", { queue_id, metric, level });
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    showToast({ tone: "bad", text: failure.message, fix: failure.fix });
  }
}

export function AlertStrip({ alerts = NONE }: { alerts?: readonly BoardAlert[] }) {
  const t = useT();
  const before = useRef<readonly BoardAlert[]>(NONE);
  useEffect(() => {
    if (newlyLoud(before.current, alerts).length > 0) chime(preferences().volume);
    before.current = alerts;
  }, [alerts]);
  return (
    <section aria-label={t("board.alerts")} aria-live="polite" className={styles.alerts}>
      {alerts.map((alert) => {
        const queue = localText(queueName(alert.queue_id), alert.queue_id);
        return (
          <div key={keyOf(alert)} className={styles.alert}>
            <StateChip state={alert.level === "alarm" ? "late" : "wait"}>
              {t(`board.alert.${alert.level}`)}
            </StateChip>
            <strong>{queue}</strong>
            <span>
              {lookup(`board.metric.${alert.metric}`) ?? alert.metric} {written(alert.metric, alert.value)}
              <span className={styles.quiet}>
                {" "}
                {t("board.alert_limit", { limit: written(alert.metric, alert.limit) })}
              </span>
            </span>
            <Clock since={alert.since_at} />
            {alert.acknowledged ? (
              <span className={styles.quiet}>
                {t("board.alert_seen", {
                  name: alert.acknowledged.name,
                  time: formatTime(alert.acknowledged.at),
                })}
              </span>
            ) : (
              <Button
                icon={<Check size={14} aria-hidden="true" />}
                aria-label={t("board.alert_see_of", { queue })}
                onPress={() => void seeTo(alert)}
              >
                {t("board.alert_see")}
              </Button>
            )}
          </div>
        );
      })}
    </section>
  );
}
