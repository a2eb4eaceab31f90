/** Times, dates, spans and sums as people of each language write them. */
import type { Locale } from "./locale";
import { locale as currentLocale } from "./t";

const TAGS: Record<Locale, string> = { ko: "ko-KR", ja: "ja-JP", en: "en-US" };
const made = new Map<string, Intl.DateTimeFormat>();

function dateFormat(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const tag = TAGS[currentLocale()];
  const key = `${tag} ${name}`;
  let format = made.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(tag, options);
    made.set(key, format);
  }
  return format;
}

type When = string | number | Date;

export function formatTime(at: When): string {
  return dateFormat("time", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}

export function formatDate(at: When): string {
  return dateFormat("date", { year: "numeric", month: "short", day: "numeric" }).format(new Date(at));
}

export function formatDay(at: When): string {
  return dateFormat("day", { month: "long", day: "numeric", weekday: "long" }).format(new Date(at));
}

export function formatDateTime(at: When): string {
  return dateFormat("datetime", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(at));
}

/** Time today, date otherwise. */
export function formatShort(at: When, now = Date.now()): string {
  const then = new Date(at);
  return then.toDateString() === new Date(now).toDateString()
    ? formatTime(then)
    : dateFormat("short", { month: "short", day: "numeric" }).format(then);
}

/** A clock: 4:07, 1:02:33. Negative spans count as zero. */
export function formatClock(span_s: number): string {
  const whole = Math.max(0, Math.floor(span_s));
  const seconds = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}

/** How long ago, in words: "3 days ago". */
export function formatAgo(at: When, now = Date.now()): string {
  const relative = new Intl.RelativeTimeFormat(TAGS[currentLocale()], { numeric: "auto" });
  const past_s = (now - new Date(at).getTime()) / 1000;
  if (past_s < 60) return relative.format(-Math.max(0, Math.floor(past_s)), "second");
  if (past_s < 3600) return relative.format(-Math.floor(past_s / 60), "minute");
  if (past_s < 86_400) return relative.format(-Math.floor(past_s / 3600), "hour");
  if (past_s < 86_400 * 30) return relative.format(-Math.floor(past_s / 86_400), "day");
  if (past_s < 86_400 * 365) return relative.format(-Math.floor(past_s / (86_400 * 30)), "month");
  return relative.format(-Math.floor(past_s / (86_400 * 365)), "year");
}

export function formatNumber(value: number, digits = 0): string {
  return new Intl.NumberFormat(TAGS[currentLocale()], { maximumFractionDigits: digits }).format(value);
}

/** `amount` in whole units of `currency` (ISO 4217): "₩1,055,900". */
export function formatMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat(TAGS[currentLocale()], { style: "currency", currency }).format(amount);
}

/** `share` from 0 to 1. */
export function formatPercent(share: number, digits = 0): string {
  return new Intl.NumberFormat(TAGS[currentLocale()], { style: "percent", maximumFractionDigits: digits }).format(
    share,
  );
}

export function formatBytes(size_bytes: number): string {
  if (size_bytes < 1024) return `${size_bytes} B`;
  if (size_bytes < 1024 * 1024) return `${formatNumber(size_bytes / 1024)} KB`;
  return `${formatNumber(size_bytes / (1024 * 1024), 1)} MB`;
}

/** The name of a language in the interface's language. */
export function languageName(code: string): string {
  return new Intl.DisplayNames(TAGS[currentLocale()], { type: "language" }).of(code) ?? code;
}
