/** Days of the week, Monday first, as people of each language write them. */
import { locale } from "@/i18n/t";

export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/** A Monday. */
const FIRST_MS = Date.UTC(2024, 0, 1);

/** A day in a narrow column: "Mon 23". */
export function shortDay(day: string): string {
  return new Intl.DateTimeFormat(locale(), { weekday: "short", day: "numeric", timeZone: "UTC" }).format(
    new Date(`${day}T12:00:00Z`),
  );
}

export function weekdayName(day: number): string {
  return new Intl.DateTimeFormat(locale(), { weekday: "short", timeZone: "UTC" }).format(
    FIRST_MS + day * 86_400_000,
  );
}
