/** A bar on every screen while customers are told of an emergency. */
import { Megaphone } from "lucide-react";
import { formatShort } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import type { Emergency } from "@/live/protocol";
import { Button } from "@/ui/Button";
import { hasRole } from "../session";
import styles from "./emergency.module.css";
import { ScopeWords } from "./ScopeWords";
import { stopEmergency, useActive, useKnownEmergencies } from "./useEmergencies";

const MAY = ["supervisor", "designer", "admin"];

function Bars({ known }: { known: readonly Emergency[] }) {
  const t = useT();
  const now = useServerNow();
  const active = useActive(known);
  return (
    <section className={styles.bars} aria-label={t("emergency.bar")} aria-live="polite">
      {active.map((one) => (
        <div key={one.id} className={styles.bar}>
          <Megaphone size={15} aria-hidden="true" />
          <span className={styles.barText}>
            <strong>{t("emergency.on")}</strong> {localText(one.texts, "")}
          </span>
          <span className={styles.barScope}>
            <ScopeWords scope={one} /> · {t("emergency.until", { time: formatShort(one.ends_at, now) })}
          </span>
          {hasRole(...MAY) ? (
            <Button onPress={() => void stopEmergency(one.id)}>{t("emergency.stop")}</Button>
          ) : null}
        </div>
      ))}
    </section>
  );
}

export function EmergencyBar() {
  const known = useKnownEmergencies();
  return known.length > 0 ? <Bars known={known} /> : null;
}
