/** Every queue in one line: who waits, who can help, and how today went against the target. */
import { useMemo } from "react";
import { formatClock, formatNumber, formatPercent } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import type { Board, BoardQueue } from "@/live/protocol";
import { classes } from "@/ui/classes";
import { EmptyState } from "@/ui/EmptyState";
import { StateChip } from "@/ui/StateChip";
import { Table, type TableColumn } from "@/ui/Table";
import { levelState, longestSince } from "./board";
import styles from "./board.module.css";
import { WaitClock } from "./Clocks";

function Level({ queue }: { queue: BoardQueue }) {
  const t = useT();
  const state = levelState(queue.service_level, queue.target);
  const share = queue.service_level === null ? "" : formatPercent(queue.service_level);
  return (
    <span className={styles.level}>
      {state === "off" ? (
        <span className={styles.quiet}>{t("board.level.off")}</span>
      ) : (
        <StateChip state={state}>{t(`board.level.${state}`, { share })}</StateChip>
      )}
      <span className={styles.small}>
        {t("board.target", { share: formatPercent(queue.target), seconds: queue.target_s })}
      </span>
    </span>
  );
}

function Count({ value }: { value: number }) {
  return <span className={value === 0 ? styles.quiet : styles.number}>{formatNumber(value)}</span>;
}

function Share({ value }: { value: number | null }) {
  return <span className={styles.quiet}>{value === null ? "–" : formatPercent(value)}</span>;
}

/** A wait as an interval: half of the customers, nine in ten. */
export function Estimate({ expected }: Pick<BoardQueue, "expected">) {
  const t = useT();
  if (!expected) return <span className={styles.quiet}>–</span>;
  if (expected.most_s < 1) return t("board.at_once");
  return (
    <span className={styles.whole}>
      {t("board.between", { half: formatClock(expected.half_s), most: formatClock(expected.most_s) })}
    </span>
  );
}

export interface QueueTableProps {
  board: Board;
  onOpen: (queue: BoardQueue) => void;
}

export function QueueTable({ board, onOpen }: QueueTableProps) {
  const t = useT();
  const columns = useMemo<readonly TableColumn<BoardQueue>[]>(
    () => [
      {
        id: "name",
        label: t("board.column.queue"),
        cell: (queue) => <strong className={styles.name}>{localText(queue.name, queue.id)}</strong>,
        sort: (queue) => localText(queue.name, queue.id),
      },
      {
        id: "waiting",
        label: t("board.column.waiting"),
        align: "end",
        cell: (queue) => (
          <>
            <Count value={queue.waiting} />
            {queue.unserved > 0 ? (
              <span className={classes(styles.aside, styles.warn)}>
                {t("board.unserved", { count: queue.unserved })}
              </span>
            ) : null}
            {queue.later > 0 ? (
              <span className={classes(styles.aside, styles.quiet)}>
                {t("board.later", { count: queue.later })}
              </span>
            ) : null}
          </>
        ),
        sort: (queue) => queue.waiting,
      },
      {
        id: "longest",
        label: t("board.column.longest"),
        cell: (queue) => {
          const since = longestSince(queue, board.at);
          return since === null ? (
            <span className={styles.quiet}>–</span>
          ) : (
            <WaitClock since={since} target_s={queue.target_s} />
          );
        },
        sort: (queue) => (longestSince(queue, board.at) === null ? -1 : (queue.longest_wait_s ?? 0)),
      },
      {
        id: "agents",
        label: t("board.column.agents"),
        cell: (queue) =>
          queue.staffed === 0 ? (
            <StateChip state="late">{t("board.nobody")}</StateChip>
          ) : (
            <span className={classes(styles.whole, queue.available === 0 && styles.warn)}>
              {t("board.agents_of", { free: queue.available, staffed: queue.staffed })}
            </span>
          ),
        sort: (queue) => queue.available,
      },
      {
        id: "offered",
        label: t("board.column.offered"),
        align: "end",
        cell: (queue) => <Count value={queue.offered} />,
      },
      {
        id: "connected",
        label: t("board.column.connected"),
        align: "end",
        cell: (queue) => <Count value={queue.connected} />,
        sort: (queue) => queue.connected,
      },
      {
        id: "level",
        label: t("board.column.level"),
        cell: (queue) => <Level queue={queue} />,
        sort: (queue) => queue.service_level ?? 2,
      },
      {
        id: "answered",
        label: t("board.column.answered"),
        align: "end",
        cell: (queue) => <Count value={queue.answered_today} />,
        sort: (queue) => queue.answered_today,
      },
      {
        id: "abandoned",
        label: t("board.column.abandoned"),
        align: "end",
        cell: (queue) => (
          <>
            <Count value={queue.abandoned_today} />{" "}
            {queue.abandoned_today > 0 ? <Share value={queue.abandonment ?? null} /> : null}
          </>
        ),
        sort: (queue) => queue.abandoned_today,
      },
      {
        id: "estimate",
        label: t("board.column.estimate"),
        align: "end",
        cell: (queue) => <Estimate expected={queue.expected} />,
        sort: (queue) => queue.expected?.most_s ?? -1,
      },
      {
        id: "occupancy",
        label: t("board.column.occupancy"),
        align: "end",
        cell: (queue) => <Share value={queue.occupancy ?? null} />,
        sort: (queue) => queue.occupancy ?? -1,
      },
      {
        id: "callbacks",
        label: t("board.column.callbacks"),
        align: "end",
        cell: (queue) => <Count value={queue.callbacks ?? 0} />,
        sort: (queue) => queue.callbacks ?? 0,
      },
    ],
    [t, board.at],
  );
  return (
    <Table
      label={t("board.queues")}
      columns={columns}
      rows={board.queues}
      rowId={(queue) => queue.id}
      onOpen={onOpen}
      empty={<EmptyState title={t("board.no_queues")} text={t("board.no_queues_text")} />}
    />
  );
}
