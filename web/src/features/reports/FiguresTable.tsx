/** All figures of every day, queue, reason or agent; each number leads to its contacts. */
import { useMemo } from "react";
import { localText, useT } from "@/i18n/t";
import { EmptyState } from "@/ui/EmptyState";
import { Segments } from "@/ui/Segments";
import { Table, type TableColumn } from "@/ui/Table";
import { type Choice, type Definition, type Figures, figureOf, GROUPS, type Summary } from "./reports";
import styles from "./reports.module.css";
import { rowName, showValue } from "./values";

const TOTAL_KEY = "total";

export interface FiguresTableProps {
  definitions: readonly Definition[];
  summary: Summary;
  choice: Choice;
  onChoose: (change: Partial<Choice>) => void;
}

interface Row {
  figures: Figures;
  total: boolean;
}

export function FiguresTable({ definitions, summary, choice, onChoose }: FiguresTableProps) {
  const t = useT();
  const { group } = summary;
  const columns = useMemo<readonly TableColumn<Row>[]>(() => {
    const nameOf = ({ figures, total }: Row) => (total ? t("reports.total") : rowName(group, figures));
    const sortable = (figures: Figures, total: boolean, value: number | null) =>
      total ? Number.POSITIVE_INFINITY : (value ?? (figures.volume > 0 ? -1 : -2));
    return [
      {
        id: "name",
        label: t(`reports.row.${group}`),
        cell: (row) => <strong className={styles.rowName}>{nameOf(row)}</strong>,
        sort: ({ figures, total }) => (total ? "\uffff" : (figures.key ?? "")),
      },
      ...definitions.map(
        ({ id, unit, name }): TableColumn<Row> => ({
          id,
          label: localText(name, id),
          align: "end",
          sort: ({ figures, total }) => sortable(figures, total, figureOf(id, figures)),
          cell: (row) => {
            const value = figureOf(id, row.figures);
            if (value === null) return <span className={styles.quiet}>–</span>;
            return (
              <button
                type="button"
                className={styles.figure}
                onClick={() =>
                  onChoose({ metric: id, key: row.total ? undefined : row.figures.key, all: row.total })
                }
              >
                {showValue(unit, value)}
                <span className="visually-hidden">
                  {t("reports.show", { metric: localText(name, id), row: nameOf(row) })}
                </span>
              </button>
            );
          },
        }),
      ),
    ];
  }, [t, definitions, group, onChoose]);
  const rows = useMemo<readonly Row[]>(
    () =>
      summary.rows.length === 0
        ? []
        : [...summary.rows.map((figures) => ({ figures, total: false })), { figures: summary.total, total: true }],
    [summary],
  );
  return (
    <section className={styles.section} aria-label={t("reports.table")}>
      <Segments
        label={t("reports.group")}
        items={GROUPS.map((id) => ({ id, label: t(`reports.group.${id}`) }))}
        chosen={choice.group}
        onChoose={(id) => onChoose({ group: id, key: undefined, all: false })}
      />
      <Table
        key={group}
        label={t("reports.table")}
        columns={columns}
        rows={rows}
        rowId={({ figures, total }) => (total ? TOTAL_KEY : `row ${figures.key}`)}
        empty={<EmptyState title={t("reports.empty")} text={t("reports.empty_text")} />}
      />
    </section>
  );
}
