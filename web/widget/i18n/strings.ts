/** Texts by language, and how numbers, times and sizes are written in it. */

import type { Locale } from "../protocol";
import { en, type Strings } from "./en";
import { ja } from "./ja";
import { ko } from "./ko";

const CATALOGUE: Record<Locale, Strings> = { ko, ja, en };

export const LANGUAGE_NAMES: Record<Locale, string> = { ko: "한국어", ja: "日本語", en: "English" };

export function strings(locale: Locale): Strings {
  return CATALOGUE[locale];
}

export function clockTime(locale: Locale, at: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(new Date(at));
}

export function dayName(locale: Locale, at: string, now: Date): string {
  const day = new Date(at);
  if (day.toDateString() === now.toDateString()) return strings(locale).today;
  return new Intl.DateTimeFormat(locale, { month: "long", day: "numeric", weekday: "short" }).format(day);
}

export function dateAndTime(locale: Locale, at: string): string {
  const style = { month: "long", day: "numeric", hour: "numeric", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(at));
}

/** A wait in words; whole minutes are all the precision an estimate has. */
export function waitTime(locale: Locale, seconds: number): string {
  const t = strings(locale);
  return seconds < 60 ? t.underMinute : t.minutes(Math.round(seconds / 60));
}

export function fileSize(locale: Locale, bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  const style = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: value < 10 ? 1 : 0 };
  return new Intl.NumberFormat(locale, style as Intl.NumberFormatOptions).format(value);
}
