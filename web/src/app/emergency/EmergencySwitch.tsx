/** The big switch: start telling customers, or stop. One press opens it, one press stops. */
import { Megaphone, Square } from "lucide-react";
import { Suspense, useState } from "react";
import { formatShort } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import { Button } from "@/ui/Button";
import { StateChip } from "@/ui/StateChip";
import { useCommands } from "../commands";
import { lazy } from "../fetching";
import styles from "./emergency.module.css";
import { ScopeWords } from "./ScopeWords";
import { stopEmergency, useActive, useKnownEmergencies } from "./useEmergencies";

const EmergencyDialog = lazy(() => import("./EmergencyDialog"));

export function EmergencySwitch() {
  const t = useT();
  const now = useServerNow();
  const active = useActive(useKnownEmergencies());
  const [open, setOpen] = useState(false);
  useCommands(
    [{ id: "emergency:start", title: "emergency.start", group: "view", keys: "g e", run: () => setOpen(true) }],
    "emergency",
  );
  return (
    <section className={styles.switch} aria-labelledby="emergency-switch">
      <h2 id="emergency-switch" className={styles.switchTitle}>
        {t("emergency.title")}
      </h2>
      <span>
        {active.length === 0 ? (
          <StateChip state="off">{t("emergency.nothing_on")}</StateChip>
        ) : (
          <StateChip state="late">{t("emergency.count_on", { count: active.length })}</StateChip>
        )}
      </span>
      <Button
        large
        tone={active.length === 0 ? "danger" : "plain"}
        icon={<Megaphone size={16} aria-hidden="true" />}
        keys="G E"
        onPress={() => setOpen(true)}
      >
        {t("emergency.start")}
      </Button>
      {active.map((one) => (
        <div key={one.id} className={styles.switchRow}>
          <span className={styles.barText}>{localText(one.texts, "")}</span>
          <span className={styles.quiet}>
            <ScopeWords scope={one} /> · {t("emergency.until", { time: formatShort(one.ends_at, now) })}
          </span>
          <Button
            large
            tone="danger"
            icon={<Square size={14} aria-hidden="true" />}
            onPress={() => void stopEmergency(one.id)}
          >
            {t("emergency.stop_now")}
          </Button>
        </div>
      ))}
      {open ? (
        <Suspense fallback={null}>
          <EmergencyDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </section>
  );
}
