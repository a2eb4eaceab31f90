/** Clocks that tick by themselves, so that a whole table need not. */
import { formatClock } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import { StateChip } from "@/ui/StateChip";
import { waitState } from "./board";
import styles from "./board.module.css";

/** Time since `since` (ISO text or ms), ticking. */
export function Clock({ since }: { since: string | number }) {
  const now = useServerNow();
  const start = typeof since === "number" ? since : Date.parse(since);
  return <span className={styles.clock}>{formatClock((now - start) / 1000)}</span>;
}

/** A wait against its target: plain while fine, then a chip that says so. */
export function WaitClock({ since, target_s }: { since: string | number; target_s: number }) {
  const t = useT();
  const now = useServerNow();
  const start = typeof since === "number" ? since : Date.parse(since);
  const wait_s = (now - start) / 1000;
  const state = waitState(wait_s, target_s);
  const clock = formatClock(wait_s);
  if (state === "ok") return <span className={styles.clock}>{clock}</span>;
  return (
    <StateChip state={state}>
      {t(`board.wait.${state}`)} <span className={styles.clock}>{clock}</span>
    </StateChip>
  );
}
