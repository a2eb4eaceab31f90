/** The week: seven days, each with as many spans as it needs. */
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { errorAt } from "../crud/errors";
import { Group } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import { DAYS, mondayToFriday, openMinutes } from "./calendar";
import type { CalendarDraft } from "./HoursSection";
import styles from "./hours.module.css";
import { Spans } from "./Spans";

export function Week({
  draft,
  set,
  errors,
  locked,
}: Pick<FormProps<CalendarDraft>, "draft" | "set" | "errors" | "locked">) {
  const t = useT();
  const hours = Math.round(openMinutes(draft.weekly) / 6) / 10;
  return (
    <Group title={t("admin.field.weekly")} hint={t("admin.hours.week_hint", { hours })}>
      <ol className={styles.week}>
        {DAYS.map((day) => (
          <li key={day} className={styles.weekday}>
            <span className={styles.dayName}>{t(`admin.day.${day}`)}</span>
            <Spans
              label={t(`admin.day.${day}`)}
              spans={draft.weekly[day] ?? []}
              onChange={(spans) => set({ weekly: { ...draft.weekly, [day]: spans } })}
              error={errorAt(errors, `weekly.${day}`)}
              locked={locked}
            />
          </li>
        ))}
      </ol>
      {locked ? null : (
        <span>
          <Button onPress={() => set({ weekly: mondayToFriday(draft.weekly) })}>
            {t("admin.hours.copy_monday")}
          </Button>
        </span>
      )}
    </Group>
  );
}
