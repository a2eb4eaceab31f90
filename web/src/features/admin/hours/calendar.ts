/** Opening hours: spans of a day in minutes, as people type them and as a bar shows them. Pure. */
import type { Trilingual } from "@/api/settings";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];
/** Start and end as `HH:MM`; an end before its start is on the next day; 24:00 ends the day. */
export type Span = readonly string[];

export interface Exceptional {
  /** ISO date. */
  date: string;
  name: Trilingual;
  spans: readonly Span[];
}

export interface Calendar {
  id: string;
  version: number;
  name: Trilingual;
  time_zone: string;
  /** KR, JP or US: their public holidays are closed; empty: none are. */
  country: string;
  weekly: Readonly<Partial<Record<Day, readonly Span[]>>>;
  exceptions: readonly Exceptional[];
  emergency: boolean;
}

export const DAY_MIN = 24 * 60;
const LATEST_START_MIN = DAY_MIN - 60;

/** Minutes since midnight of `HH:MM`; null when it is no time. */
export function minutesOf(text: string): number | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!found) return null;
  const value = Number(found[1]) * 60 + Number(found[2]);
  return Number(found[2]) < 60 && value <= DAY_MIN ? value : null;
}

export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** What people type for a time, made whole: "9" → 09:00, "930" → 09:30, "９時" stays as it is. */
export function tidyTime(text: string): string {
  const plain = text.normalize("NFKC").trim();
  const digits = /^(\d{1,2})(?::?(\d{2}))?$/.exec(plain);
  if (!digits) return text;
  const whole = minutesOf(`${digits[1]}:${digits[2] ?? "00"}`);
  return whole === null ? text : timeOf(whole);
}

export interface Bar {
  /** In percent of a day. */
  start: number;
  width: number;
}

/** The spans of one day as bars; the part past midnight is cut off at the day's end. */
export function barsOf(spans: readonly Span[]): readonly Bar[] {
  return spans.flatMap(([from = "", to = ""]) => {
    const start = minutesOf(from);
    const end = minutesOf(to);
    if (start === null || end === null || start === end) return [];
    const until = end < start ? DAY_MIN : end;
    return [{ start: (100 * start) / DAY_MIN, width: (100 * (until - start)) / DAY_MIN }];
  });
}

/** A span to offer next: an hour after the last one, at most until the evening. */
export function nextSpan(spans: readonly Span[]): Span {
  const last = spans.at(-1);
  if (!last) return ["09:00", "18:00"];
  const end = minutesOf(last[1] ?? "") ?? 0;
  const start = Math.min(end + 60, LATEST_START_MIN);
  return [timeOf(start), timeOf(Math.min(Math.max(start + 60, 18 * 60), DAY_MIN))];
}

/** Monday's hours on every day from Tuesday to Friday. */
export function mondayToFriday(weekly: Calendar["weekly"]): Calendar["weekly"] {
  const monday = weekly.mon ?? [];
  return { ...weekly, tue: monday, wed: monday, thu: monday, fri: monday };
}

/** Open hours of a week, in minutes. */
export function openMinutes(weekly: Calendar["weekly"]): number {
  const all = DAYS.flatMap((day) => weekly[day] ?? []);
  return all.reduce((sum, [from = "", to = ""]) => {
    const start = minutesOf(from);
    const end = minutesOf(to);
    if (start === null || end === null || start === end) return sum;
    return sum + (end < start ? end + DAY_MIN - start : end - start);
  }, 0);
}
