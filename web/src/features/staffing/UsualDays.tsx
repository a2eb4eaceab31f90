/** A usual day of each queue, for days without history. */
import type { Queue } from "@/api/settings";
import { useT } from "@/i18n/t";
import { TextField } from "@/ui/TextField";
import { NumberField } from "./NumberField";
import { clockOf, type Described, minutesOf } from "./staffing";
import styles from "./staffing.module.css";

const NONE: Described = { per_day: 0, handle_s: 300, open_min: 540, close_min: 1080, weekend_share: 0.5 };

export interface UsualDaysProps {
  queues: readonly Queue[];
  described: Readonly<Record<string, Described>>;
  onChange: (queue: string, day: Described | null) => void;
  nameOf: (queue: Queue) => string;
}

export function UsualDays({ queues, described, onChange, nameOf }: UsualDaysProps) {
  const t = useT();
  return (
    <>
      {queues.map((queue) => {
        const day = described[queue.id] ?? NONE;
        const set = (change: Partial<Described>) => {
          const next = { ...day, ...change };
          onChange(queue.id, next.per_day > 0 ? next : null);
        };
        return (
          <fieldset key={queue.id} className={styles.fields}>
            <legend className={styles.subhead}>{nameOf(queue)}</legend>
            <NumberField
              label={t("staffing.per_day")}
              value={day.per_day}
              most={100_000}
              onChange={(per_day) => set({ per_day })}
            />
            <NumberField
              label={t("staffing.handle")}
              value={day.handle_s}
              least={1}
              most={7200}
              onChange={(handle_s) => set({ handle_s })}
            />
            <TextField
              label={t("staffing.opens")}
              type="time"
              value={clockOf(day.open_min)}
              onChange={(clock) => clock && set({ open_min: minutesOf(clock) })}
            />
            <TextField
              label={t("staffing.closes")}
              type="time"
              value={clockOf(day.close_min)}
              onChange={(clock) => clock && set({ close_min: minutesOf(clock) })}
            />
            <NumberField
              label={t("staffing.weekend")}
              value={Math.round(day.weekend_share * 100)}
              most={200}
              onChange={(percent) => set({ weekend_share: percent / 100 })}
            />
          </fieldset>
        );
      })}
    </>
  );
}
