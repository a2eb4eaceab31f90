/** Why there is no sound, and what helps. */
import { Headphones, RotateCw, TriangleAlert } from "lucide-react";
import { useT } from "@/i18n/t";
import type { Call } from "@/live/calls";
import { Button } from "@/ui/Button";
import styles from "../calls.module.css";
import { joinCall } from "../phone/phone";
import type { Leg } from "../phone/state";
import { troubleWords } from "../words";

export function TroubleLine({ leg, call }: { leg: Leg | undefined; call: Call | undefined }) {
  const t = useT();
  if (call?.result) {
    return (
      <p className={styles.trouble} role="status">
        <TriangleAlert size={14} aria-hidden="true" /> {t(`calls.result.${call.result}`)}
      </p>
    );
  }
  if (!leg) return null;
  if (leg.phase === "lost" || (leg.again && leg.phase !== "up" && leg.trouble === null && leg.phase !== "left")) {
    return (
      <p className={styles.trouble} role="status">
        <RotateCw size={14} aria-hidden="true" /> {t("calls.reconnecting")}
      </p>
    );
  }
  const waits = leg.phase === "failed" || leg.phase === "left" || leg.phase === "elsewhere";
  if (!waits && leg.trouble === null) return null;
  const words =
    leg.trouble !== null
      ? troubleWords(leg.trouble, t)
      : { text: t(leg.phase === "elsewhere" ? "calls.elsewhere" : "calls.left"), fix: "" };
  return (
    <div className={styles.trouble} role="alert">
      <TriangleAlert size={14} aria-hidden="true" />
      <span>
        <strong>{words.text}</strong> {words.fix}
      </span>
      {waits ? (
        <Button
          tone="primary"
          icon={<Headphones size={14} aria-hidden="true" />}
          onPress={() => void joinCall(leg.contact, leg.role, leg.mode, true, true)}
        >
          {t(leg.phase === "elsewhere" ? "calls.take_here" : leg.trouble ? "ui.retry" : "calls.join_again")}
        </Button>
      ) : null}
    </div>
  );
}
