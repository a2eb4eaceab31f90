/** A colleague asks for me on their call. */
import { PhoneIncoming } from "lucide-react";
import { nameOfCustomer } from "@/i18n/names";
import { useT } from "@/i18n/t";
import { tellCall } from "@/live/asking";
import type { CallRing } from "@/live/calls";
import { Button } from "@/ui/Button";
import styles from "../calls.module.css";
import { joinCall } from "../phone/phone";

export function ConsultRing({ ring }: { ring: CallRing }) {
  const t = useT();
  const about = nameOfCustomer(ring.customer);
  return (
    <article className={styles.ring} aria-label={t("calls.asks", { name: ring.from.name })}>
      <span className={styles.sign}>
        <PhoneIncoming size={16} aria-hidden="true" />
      </span>
      <p className={styles.ringWords} role="alert">
        <strong>{t("calls.asks", { name: ring.from.name })}</strong> {t("calls.asks_about", { customer: about })}
      </p>
      <Button onPress={() => tellCall({ t: "call_decline", contact: ring.contact })}>{t("desk.decline")}</Button>
      <Button tone="primary" onPress={() => void joinCall(ring.contact, "consult", "talk")}>
        {t("calls.answer")}
      </Button>
    </article>
  );
}
