/** Rows of facts: sortable, walkable by arrow keys, a row may be opened. */
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import {
  Table as AriaTable,
  Cell,
  Column,
  Row,
  type SortDescriptor,
  TableBody,
  TableHeader,
} from "react-aria-components/Table";
import { classes } from "./classes";
import styles from "./table.module.css";

export interface TableColumn<T> {
  id: string;
  label: string;
  cell: (row: T) => ReactNode;
  /** Given: the column can be sorted by this. */
  sort?: (row: T) => string | number;
  align?: "start" | "end";
  /** The column that names the row to screen readers; the first one unless said otherwise. */
  isRowHeader?: boolean;
}

export interface TableProps<T> {
  label: string;
  columns: readonly TableColumn<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  empty: ReactNode;
  onOpen?: (row: T) => void;
  initialSort?: SortDescriptor;
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

export function Table<T>({ label, columns, rows, rowId, empty, onOpen, initialSort }: TableProps<T>) {
  const [sort, setSort] = useState<SortDescriptor | undefined>(initialSort);
  const sorted = useMemo(() => {
    const by = columns.find((column) => column.id === sort?.column)?.sort;
    if (!by || !sort) return rows;
    const sign = sort.direction === "descending" ? -1 : 1;
    return [...rows].sort((a, b) => sign * compare(by(a), by(b)));
  }, [rows, columns, sort]);
  const headerId = columns.find((column) => column.isRowHeader)?.id ?? columns[0]?.id;

  return (
    <div className={styles.frame}>
      <AriaTable
        aria-label={label}
        className={styles.table}
        sortDescriptor={sort}
        onSortChange={setSort}
        onRowAction={
          onOpen &&
          ((key) => {
            const row = rows.find((each) => rowId(each) === key);
            if (row) onOpen(row);
          })
        }
      >
        <TableHeader>
          {columns.map((column) => (
            <Column
              key={column.id}
              id={column.id}
              isRowHeader={column.id === headerId}
              allowsSorting={Boolean(column.sort)}
              className={classes(styles.head, column.align === "end" && styles.end)}
            >
              {({ sortDirection }) => (
                <>
                  {column.label}
                  {sortDirection === "ascending" ? (
                    <ArrowUp size={12} className={styles.arrow} aria-hidden />
                  ) : null}
                  {sortDirection === "descending" ? (
                    <ArrowDown size={12} className={styles.arrow} aria-hidden />
                  ) : null}
                </>
              )}
            </Column>
          ))}
        </TableHeader>
        <TableBody renderEmptyState={() => <div className={styles.empty}>{empty}</div>}>
          {sorted.map((row) => (
            <Row key={rowId(row)} id={rowId(row)} className={classes(styles.row, onOpen && styles.clickable)}>
              {columns.map((column) => (
                <Cell key={column.id} className={classes(styles.cell, column.align === "end" && styles.end)}>
                  {column.cell(row)}
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </AriaTable>
    </div>
  );
}
