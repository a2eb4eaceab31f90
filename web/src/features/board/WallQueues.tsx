/** The queues on the wall: who waits as marks one can count across the room. */
import { formatPercent } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import type { Board } from "@/live/protocol";
import { StateChip } from "@/ui/StateChip";
import { levelState, longestSince } from "./board";
import { WaitClock } from "./Clocks";
import styles from "./wall.module.css";

export function WallQueues({ board }: { board: Board }) {
  const t = useT();
  const most = Math.max(8, ...board.queues.map((queue) => queue.waiting + queue.connected));
  return (
    <ul className={styles.queues}>
      {board.queues.map((queue) => {
        const since = longestSince(queue, board.at);
        const state = levelState(queue.service_level, queue.target);
        const share = queue.service_level === null ? "" : formatPercent(queue.service_level);
        return (
          <li key={queue.id} className={styles.queue}>
            <strong>{localText(queue.name, queue.id)}</strong>
            <svg className={styles.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect className={styles.talking} x="0" y="0" height="10" width={(100 * queue.connected) / most} />
              <rect
                className={styles.waiting}
                x={(100 * queue.connected) / most}
                y="0"
                height="10"
                width={(100 * queue.waiting) / most}
              />
            </svg>
            <span className={styles.figures}>
              {t("board.status.connected")} <b>{queue.connected}</b> · {t("board.status.queued")}{" "}
              <b>{queue.waiting}</b>
            </span>
            <span>{since === null ? "–" : <WaitClock since={since} target_s={queue.target_s} />}</span>
            <StateChip state={state}>{t(`board.level.${state}`, { share })}</StateChip>
          </li>
        );
      })}
    </ul>
  );
}
