/** State as colour, icon and word together; only "late" is filled. */
import { CircleCheck, CircleDot, CircleMinus, Clock, StickyNote, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./chip.module.css";
import { classes } from "./classes";

export type State = "live" | "wait" | "late" | "ok" | "off" | "note";

const ICONS = {
  live: CircleDot,
  wait: Clock,
  late: TriangleAlert,
  ok: CircleCheck,
  off: CircleMinus,
  note: StickyNote,
};

export interface StateChipProps {
  state: State;
  children: ReactNode;
  /** Another icon than the state's own. */
  icon?: ReactNode;
}

export function StateChip({ state, children, icon }: StateChipProps) {
  const Icon = ICONS[state];
  return (
    <span className={classes(styles.chip, styles[state])}>
      {icon ?? <Icon size={12} strokeWidth={2.25} aria-hidden="true" />}
      {children}
    </span>
  );
}

/** A count that wants attention. `label` says what is counted. */
export function Badge({ count, label }: { count: number; label: string }) {
  if (count <= 0) return null;
  return (
    <span className={styles.badge}>
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
