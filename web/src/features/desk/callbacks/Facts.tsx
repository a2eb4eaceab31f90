/** Small facts of a promised call, shared by the list and the strip. */
import { Phone } from "lucide-react";
import { formatClock, formatDateTime, formatTime } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import type { CardCallback } from "@/live/protocol";
import { StateChip } from "@/ui/StateChip";
import { lateBy, toldAt } from "./callbacks";
import styles from "./callbacks.module.css";

/** When the customer expects it; late ones say by how much. */
export function Due({ callback }: { callback: CardCallback }) {
  const t = useT();
  const now = useServerNow();
  const late_s = lateBy(callback, now);
  const told_at = toldAt(callback);
  return (
    <span className={styles.due}>
      <time dateTime={told_at}>{formatDateTime(told_at)}</time>
      {late_s > 0 ? (
        <StateChip state="late">{t("callbacks.late", { time: formatClock(late_s) })}</StateChip>
      ) : null}
    </span>
  );
}

/** The half hour that was promised. */
export function Window({ callback }: { callback: CardCallback }) {
  const t = useT();
  if (!callback.not_before || !callback.not_after) return t("callbacks.soon");
  return `${formatDateTime(callback.not_before)} – ${formatTime(callback.not_after)}`;
}

/** Where to reach the customer: a number to dial, or this conversation. */
export function Way({ phone }: { phone: string | null }) {
  const t = useT();
  if (phone === null) return t("callbacks.way.message");
  return (
    <a href={`tel:${phone}`} className={styles.phone} aria-label={t("callbacks.call", { phone })}>
      <Phone size={13} aria-hidden="true" /> {phone}
    </a>
  );
}
