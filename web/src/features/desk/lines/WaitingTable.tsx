/** One line in serving order; Enter on a row, or its button, takes the customer. */
import { PhoneOutgoing } from "lucide-react";
import { useMemo } from "react";
import { formatClock, languageName } from "@/i18n/format";
import { nameOfChannel, nameOfCustomer, nameOfIntent } from "@/i18n/names";
import { useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import { Button } from "@/ui/Button";
import { StateChip } from "@/ui/StateChip";
import { Table, type TableColumn } from "@/ui/Table";
import { expectedWords, type Waiting } from "./lines";
import styles from "./lines.module.css";

export interface WaitingTableProps {
  label: string;
  rows: readonly Waiting[];
  taking: string | null;
  onTake: (id: string) => void;
}

function Age({ since }: { since: string }) {
  const now = useServerNow();
  return <span className={styles.clock}>{formatClock((now - Date.parse(since)) / 1000)}</span>;
}

function Expected({ expected }: Pick<Waiting, "expected">) {
  const t = useT();
  if (!expected) return <span>–</span>;
  const { key, low, high } = expectedWords(expected);
  return <span className={styles.clock}>{t(key, { low, high })}</span>;
}

export function WaitingTable({ label, rows, taking, onTake }: WaitingTableProps) {
  const t = useT();
  const columns = useMemo<readonly TableColumn<Waiting>[]>(
    () => [
      { id: "place", label: t("lines.place"), align: "end", cell: (row) => rows.indexOf(row) + 1 },
      {
        id: "customer",
        label: t("lines.customer"),
        isRowHeader: true,
        cell: (row) => <strong className={styles.name}>{nameOfCustomer(row.customer)}</strong>,
      },
      { id: "age", label: t("lines.age"), cell: (row) => <Age since={row.queued_at} /> },
      { id: "expected", label: t("lines.expected"), cell: (row) => <Expected expected={row.expected} /> },
      {
        id: "topic",
        label: t("lines.topic"),
        cell: (row) => <span className={styles.topic}>{nameOfIntent(row.intent)}</span>,
      },
      {
        id: "kind",
        label: t("lines.kind"),
        cell: (row) => (
          <StateChip
            state={row.callback ? "note" : "wait"}
            icon={row.callback ? <PhoneOutgoing size={12} aria-hidden="true" /> : undefined}
          >
            {t(row.callback ? "lines.kind.callback" : "lines.kind.here")}
          </StateChip>
        ),
      },
      { id: "channel", label: t("lines.channel"), cell: (row) => nameOfChannel(row.channel) },
      { id: "language", label: t("lines.language"), cell: (row) => languageName(row.locale) },
      { id: "priority", label: t("lines.priority"), align: "end", cell: (row) => row.priority ?? "–" },
      {
        id: "actions",
        label: t("lines.actions"),
        align: "end",
        cell: (row) => (
          <Button tone="primary" isDisabled={taking !== null} onPress={() => onTake(row.id)}>
            {t("lines.take")}
          </Button>
        ),
      },
    ],
    [t, rows, taking, onTake],
  );
  return (
    <Table
      label={label}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      empty={t("lines.nobody")}
      onOpen={(row) => onTake(row.id)}
    />
  );
}
