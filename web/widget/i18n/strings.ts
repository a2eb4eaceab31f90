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

/** A wait in words: "about 3 to 5 minutes"; whole minutes are all the precision it has. */
export function waitTime(locale: Locale, lowS: number, highS: number): string {
  const t = strings(locale);
  const [low, high] = [Math.round(lowS / 60), Math.max(Math.round(highS / 60), 1)];
  if (low < 1) return high === 1 ? t.underMinute : t.waitAtMost(span(t, locale, high));
  if (low >= high) return t.waitAbout(span(t, locale, high));
  const from = high < 60 ? String(low) : span(t, locale, low);
  return t.waitAbout(`${from}${t.waitTo}${span(t, locale, high)}`);
}

function span(t: Strings, locale: Locale, minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [hours > 0 ? t.hours(hours) : "", rest > 0 ? t.minutes(rest) : ""];
  return parts.filter(Boolean).join(locale === "ja" ? "" : " ");
}

export function fileSize(locale: Locale, bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  const style = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: value < 10 ? 1 : 0 };
  return new Intl.NumberFormat(locale, style as Intl.NumberFormatOptions).format(value);
}
