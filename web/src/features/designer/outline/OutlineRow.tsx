/** One row of the outline: a section, a branch, or a step with what it says. */
import { ChevronDown, ChevronRight } from "lucide-react";
import { type DragEvent, type MouseEvent, memo } from "react";
import { useT } from "@/i18n/t";
import { classes } from "@/ui/classes";
import { type Badge, Marks } from "../Marks";
import { iconOf } from "../model/icons";
import { blockName, kindName, sectionName, summary, type Texts } from "../model/words";
import styles from "./outline.module.css";
import type { Row } from "./rows";

export type Side = "before" | "behind" | "inside";

export interface OutlineRowProps {
  row: Row;
  texts: Texts;
  chosen: boolean;
  focused: boolean;
  found: boolean;
  lit: boolean;
  pale: boolean;
  badge: Badge | null;
  problems: number;
  dropping: Side | null;
  editable: boolean;
  onFold: (path: string, open: boolean) => void;
  onPick: (row: Row, event: MouseEvent) => void;
  onOpen: (row: Row) => void;
  onDrag: (row: Row, event: DragEvent<HTMLElement>) => void;
  onOver: (row: Row, event: DragEvent<HTMLElement>) => void;
  onDropped: (row: Row, event: DragEvent<HTMLElement>) => void;
}

function nameOf(row: Row, texts: Texts): string {
  if (row.kind === "section") return sectionName(row.path);
  if (row.step === null) return row.path;
  return row.block === null ? kindName(row.step.step) : blockName(row.step, row.block, texts);
}

export function rowId(path: string): string {
  return `outline-${path}`;
}

export const OutlineRow = memo(function OutlineRow(props: OutlineRowProps) {
  const t = useT();
  const { row, texts, chosen, focused, badge, problems, dropping } = props;
  const Icon = row.kind === "step" && row.step ? iconOf(row.step.step) : null;
  const says = row.kind === "step" && row.step ? summary(row.step, texts) : "";
  const Chevron = row.open ? ChevronDown : ChevronRight;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and names its row by aria-activedescendant.
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the tree.
    <div
      id={rowId(row.path)}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.open ?? undefined}
      aria-selected={chosen}
      className={classes(
        styles.row,
        styles[row.kind],
        focused && styles.focused,
        props.found && styles.found,
        props.lit && styles.lit,
        props.pale && styles.pale,
        dropping && styles[dropping],
      )}
      style={{ paddingInlineStart: `${(row.level - 1) * 12 + 6}px` }}
      draggable={props.editable && row.kind === "step"}
      onClick={(event) => props.onPick(row, event)}
      onDoubleClick={() => props.onOpen(row)}
      onDragStart={(event) => props.onDrag(row, event)}
      onDragOver={(event) => props.onOver(row, event)}
      onDrop={(event) => props.onDropped(row, event)}
    >
      {row.open === null ? (
        <span className={styles.fold} />
      ) : (
        <span
          className={styles.fold}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            props.onFold(row.path, !row.open);
          }}
        >
          <Chevron size={14} />
        </span>
      )}
      {Icon ? <Icon size={14} className={styles.icon} aria-hidden="true" /> : null}
      <span className={styles.name}>{nameOf(row, texts)}</span>
      {says ? <span className={styles.says}>{says}</span> : null}
      {row.kind !== "step" && row.size === 0 ? (
        <span className={styles.says}>{t("designer.empty_block")}</span>
      ) : null}
      <Marks badge={badge} problems={problems} />
    </div>
  );
});
