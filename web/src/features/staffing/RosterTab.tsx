/** The roster with its files, and the dialog to change a shift. */
import { type ReactNode, useState } from "react";
import { useT } from "@/i18n/t";
import { RosterGrid } from "./RosterGrid";
import { ShiftDialog } from "./ShiftDialog";
import type { Contract, Roster, Shift } from "./staffing";
import styles from "./staffing.module.css";

export interface RosterTabProps {
  roster: Roster;
  contracts: readonly Contract[];
  days: readonly string[];
  plan_id: string | null;
  files: ReactNode;
  onSaved: () => void;
}

interface Open {
  shift: Shift | null;
  agent_id: string | null;
  day: string;
}

export function RosterTab({ roster, contracts, days, plan_id, files, onSaved }: RosterTabProps) {
  const t = useT();
  const [open, setOpen] = useState<Open | null>(null);
  const broken = roster.violations.length;
  return (
    <div className={styles.stack}>
      <div className={styles.rosterHead}>
        <p className={broken > 0 ? styles.less : styles.quiet} aria-live="polite">
          {broken > 0 ? t("staffing.broken_count", { count: broken }) : t("staffing.none_broken")}
        </p>
        <p className={styles.quiet}>{plan_id ? t("staffing.shows_draft") : t("staffing.shows_published")}</p>
        {files}
      </div>
      <RosterGrid
        roster={roster}
        contracts={contracts}
        days={days}
        onOpen={(shift) => setOpen({ shift, agent_id: shift.agent_id, day: "" })}
        onAdd={(agent_id, day) => setOpen({ shift: null, agent_id, day })}
      />
      {open ? (
        <ShiftDialog
          {...open}
          plan_id={plan_id}
          zone={roster.time_zone}
          contracts={contracts}
          broken={roster.violations.filter((one) => one.shift_id === open.shift?.id)}
          onClose={() => setOpen(null)}
          onSaved={() => {
            setOpen(null);
            onSaved();
          }}
        />
      ) : null}
    </div>
  );
}
