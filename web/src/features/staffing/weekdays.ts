/** Days of the week, Monday first, as people of each language write them. */
import { locale } from "@/i18n/t";

export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/** A Monday. */
const FIRST_MS = Date.UTC(2024, 0, 1);

export function weekdayName(day: number): string {
  return new Intl.DateTimeFormat(locale(), { weekday: "short", timeZone: "UTC" }).format(
    FIRST_MS + day * 86_400_000,
  );
}
