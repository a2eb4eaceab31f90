/** Who waits, longest first; each can be read along or sent elsewhere. */
import { ArrowRightLeft, Eye } from "lucide-react";
import { useMemo } from "react";
import { navigate } from "@/app/router";
import { languageName } from "@/i18n/format";
import { nameOfCustomer, nameOfIntent } from "@/i18n/names";
import { localText, useT } from "@/i18n/t";
import type { BoardQueue, BoardWaiting } from "@/live/protocol";
import { Button } from "@/ui/Button";
import { Table, type TableColumn } from "@/ui/Table";
import styles from "./board.module.css";
import { WaitClock } from "./Clocks";
import { Estimate } from "./QueueTable";
import type { Movable } from "./ReassignDialog";

const SHOWN = 60;
const DEFAULT_TARGET_S = 60;

export interface WaitingTableProps {
  rows: readonly BoardWaiting[];
  queues: readonly BoardQueue[];
  empty: string;
  onReassign: (contact: Movable) => void;
}

export function WaitingTable({ rows, queues, empty, onReassign }: WaitingTableProps) {
  const t = useT();
  const columns = useMemo<readonly TableColumn<BoardWaiting>[]>(() => {
    const queueOf = (row: BoardWaiting) => queues.find((queue) => queue.id === row.queue_id);
    const nameOf = (row: BoardWaiting) => nameOfCustomer(row.customer);
    return [
      {
        id: "customer",
        label: t("board.column.customer"),
        cell: (row) => <strong className={styles.name}>{nameOf(row)}</strong>,
      },
      {
        id: "wait",
        label: t("board.column.wait"),
        cell: (row) =>
          row.queued_at ? (
            <WaitClock since={row.queued_at} target_s={queueOf(row)?.target_s ?? DEFAULT_TARGET_S} />
          ) : (
            "–"
          ),
      },
      {
        id: "expected",
        label: t("board.column.still"),
        cell: (row) => <Estimate expected={row.expected} />,
      },
      { id: "reason", label: t("board.column.reason"), cell: (row) => nameOfIntent(row.intent) },
      {
        id: "queue",
        label: t("board.column.queue"),
        cell: (row) => localText(queueOf(row)?.name, row.queue_id ?? "–"),
      },
      { id: "language", label: t("board.column.language"), cell: (row) => languageName(row.locale) },
      { id: "priority", label: t("board.column.priority"), align: "end", cell: (row) => row.priority ?? "–" },
      {
        id: "actions",
        label: t("board.column.actions"),
        align: "end",
        cell: (row) => (
          <span className={styles.actions}>
            <Button
              tone="quiet"
              icon={<Eye size={14} aria-hidden="true" />}
              onPress={() => navigate(`/desk/${row.id}`)}
            >
              {t("board.open")}
            </Button>
            <Button tone="quiet" onPress={() => navigate(`/admin/routing/${row.id}`)}>
              {t("board.why")}
            </Button>
            <Button
              icon={<ArrowRightLeft size={14} aria-hidden="true" />}
              onPress={() => onReassign({ id: row.id, name: nameOf(row), queue_id: row.queue_id })}
            >
              {t("board.reassign")}
            </Button>
          </span>
        ),
      },
    ];
  }, [t, queues, onReassign]);
  const shown = rows.slice(0, SHOWN);
  return (
    <>
      <Table
        label={t("board.waiting_list")}
        columns={columns}
        rows={shown}
        rowId={(row) => row.id}
        empty={empty}
        onOpen={(row) => navigate(`/desk/${row.id}`)}
      />
      {rows.length > shown.length ? (
        <p className={styles.offShift}>{t("board.more_waiting", { count: rows.length - shown.length })}</p>
      ) : null}
    </>
  );
}
