/** The public holidays that the calendar follows by itself, a year at a time. */
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useResource } from "@/api/resource";
import { formatDay } from "@/i18n/format";
import type { LocalText } from "@/i18n/locale";
import { localText, useT } from "@/i18n/t";
import { IconButton } from "@/ui/Button";
import { Group } from "../crud/fields";
import styles from "./hours.module.css";

interface Holiday {
  date: string;
  name: LocalText;
}

export interface HolidaysProps {
  calendar: string;
  country: string;
  /** Another country is chosen but not saved. */
  changed: boolean;
}

export function Holidays({ calendar, country, changed }: HolidaysProps) {
  const t = useT();
  const [year, setYear] = useState(() => new Date().getFullYear());
  const path = `/calendars/${calendar}/holidays?year=${year}`;
  const { data, error } = useResource<{ items: readonly Holiday[] }>(`${path}&of=${country}`, 600_000);
  return (
    <Group
      title={t("admin.hours.holidays", { year: String(year) })}
      hint={t(changed ? "admin.hours.holidays_changed" : "admin.hours.holidays_hint")}
    >
      <span className={styles.years}>
        <IconButton
          label={t("admin.hours.year_before")}
          icon={<ChevronLeft size={16} aria-hidden="true" />}
          onPress={() => setYear(year - 1)}
        />
        <b>{year}</b>
        <IconButton
          label={t("admin.hours.year_after")}
          icon={<ChevronRight size={16} aria-hidden="true" />}
          onPress={() => setYear(year + 1)}
        />
      </span>
      {error ? (
        <p role="alert">
          {error.message} {error.fix}
        </p>
      ) : (
        <ul className={styles.holidays}>
          {(data?.items ?? []).map((holiday) => (
            <li key={holiday.date}>
              <time dateTime={holiday.date}>{formatDay(`${holiday.date}T00:00:00`)}</time>
              <span>{localText(holiday.name, holiday.date)}</span>
            </li>
          ))}
        </ul>
      )}
    </Group>
  );
}
