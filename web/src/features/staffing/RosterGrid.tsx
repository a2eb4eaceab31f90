/** Who works when: agents by days. A shift opens to be changed; broken rules stand where they are broken. */
import { Plus, TriangleAlert } from "lucide-react";
import { formatDay, formatNumber } from "@/i18n/format";
import { lookup, useT } from "@/i18n/t";
import { IconButton } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { EmptyState } from "@/ui/EmptyState";
import { ScrollRoom } from "@/ui/ScrollRoom";
import { brokenBy, type Contract, clockIn, type Roster, rosterRows, type Shift } from "./staffing";
import styles from "./staffing.module.css";
import { shortDay } from "./weekdays";

export interface RosterGridProps {
  roster: Roster;
  contracts: readonly Contract[];
  days: readonly string[];
  onOpen: (shift: Shift) => void;
  onAdd: (agent_id: string | null, day: string) => void;
}

export function RosterGrid({ roster, contracts, days, onOpen, onAdd }: RosterGridProps) {
  const t = useT();
  const rows = rosterRows(roster, contracts);
  const broken = brokenBy(roster.violations);
  const zone = roster.time_zone;
  const ruleName = (rule: string) => lookup(`staffing.rule.${rule}`) ?? rule;
  if (rows.length === 0)
    return <EmptyState title={t("staffing.nobody_here")} text={t("staffing.nobody_here_text")} />;
  return (
    <ScrollRoom label={t("staffing.roster")} className={styles.gridRoom}>
      <table className={styles.roster}>
        <caption className="visually-hidden">{t("staffing.roster")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("staffing.agent")}</th>
            {days.map((day) => (
              <th key={day} scope="col">
                {shortDay(day)}
              </th>
            ))}
            <th scope="col" className={styles.end}>
              {t("staffing.hours")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.agent_id ?? "open"} className={classes(row.agent_id === null && styles.open)}>
              <th scope="row">{row.agent_id === null ? t("staffing.open_shifts") : row.name}</th>
              {days.map((day) => (
                <td key={day}>
                  <div className={styles.cell}>
                    {(row.days[day] ?? []).map((shift) => {
                      const rules = broken.get(shift.id) ?? [];
                      return (
                        <button
                          key={shift.id}
                          type="button"
                          className={classes(styles.shift, rules.length > 0 && styles.broken)}
                          title={rules.map((one) => ruleName(one.rule)).join(", ") || undefined}
                          onClick={() => onOpen(shift)}
                        >
                          {rules.length > 0 ? <TriangleAlert size={12} aria-hidden="true" /> : null}
                          {clockIn(zone, shift.start_at)}–{clockIn(zone, shift.end_at)}
                          {rules.length > 0 ? (
                            <span className={styles.rules}>
                              {rules.map((one) => ruleName(one.rule)).join(", ")}
                            </span>
                          ) : null}
                        </button>
                      );
                    })}
                    {row.agent_id !== null && !row.days[day]?.length ? (
                      <IconButton
                        label={t("staffing.add_for", { name: row.name, day: formatDay(`${day}T12:00:00`) })}
                        icon={<Plus size={13} aria-hidden="true" />}
                        onPress={() => onAdd(row.agent_id, day)}
                      />
                    ) : null}
                  </div>
                </td>
              ))}
              <td className={styles.end}>{formatNumber(row.paid_min / 60, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}
