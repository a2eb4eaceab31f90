/** A report as the API gives it, what is chosen in the address, and the series that charts draw. Pure. */
import type { LocalText } from "@/i18n/locale";

export const METRICS = [
  "volume",
  "containment",
  "wait",
  "handle_time",
  "abandonment",
  "service_level",
  "transfer_rate",
  "csat",
  "wait_promise",
] as const;
export type Metric = (typeof METRICS)[number];

export const GROUPS = ["day", "queue", "reason", "agent"] as const;
export type Group = (typeof GROUPS)[number];

export interface Definition {
  id: Metric;
  unit: "count" | "share" | "seconds" | "score";
  name: LocalText;
  text: LocalText;
}

export interface Figures {
  key: string | null;
  name: LocalText | string | null;
  volume: number;
  containment: number | null;
  wait_avg_s: number | null;
  wait_p50_s: number | null;
  wait_p90_s: number | null;
  handle_time_s: number | null;
  abandonment: number | null;
  service_level: number | null;
  transfer_rate: number | null;
  csat: number | null;
  csat_good: number | null;
  csat_answers: number;
  answered: number;
  abandoned: number;
  wait_promise: number | null;
}

export interface Summary {
  first: string;
  last: string;
  time_zone: string;
  group: Group;
  rows: readonly Figures[];
  total: Figures;
}

export function figureOf(metric: Metric, figures: Figures): number | null {
  if (metric === "wait") return figures.wait_avg_s;
  if (metric === "handle_time") return figures.handle_time_s;
  return figures[metric];
}

/** The ISO date that it is in a time zone. */
export function dayIn(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    calendar: "iso8601",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

export function addDays(day: string, count: number): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

export const PRESETS = { today: 1, week: 7, month: 28, quarter: 90 } as const;
export type Preset = keyof typeof PRESETS;

export interface Choice {
  from: string;
  to: string;
  group: Group;
  metric: Metric;
  /** The row whose contacts are shown; null: the row without a key; undefined: none is. */
  key: string | null | undefined;
  /** All rows together. */
  all: boolean;
}

function oneOf<V extends string>(values: readonly V[], text: string | null): V | undefined {
  return values.find((value) => value === text);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What the address says; a week by day when it says nothing. */
export function choiceOf(query: string, today: string): Choice {
  const asked = new URLSearchParams(query);
  const day = (name: string) => (DAY.test(asked.get(name) ?? "") ? asked.get(name) : null);
  const to = day("to") ?? today;
  return {
    from: day("from") ?? addDays(to, 1 - PRESETS.week),
    to,
    group: oneOf(GROUPS, asked.get("group")) ?? "day",
    metric: oneOf(METRICS, asked.get("metric")) ?? "volume",
    key: asked.has("key") ? asked.get("key") : asked.has("without") ? null : undefined,
    all: asked.has("all"),
  };
}

export function addressOf({ from, to, group, metric, key, all }: Choice): string {
  const query = new URLSearchParams({ from, to, group, metric });
  if (all) query.set("all", "");
  else if (key === null) query.set("without", "");
  else if (key !== undefined) query.set("key", key);
  return `/reports?${query}`;
}

export function presetOf({ from, to }: Choice, today: string): Preset | null {
  if (to !== today) return null;
  const found = Object.entries(PRESETS).find(([, days]) => addDays(to, 1 - days) === from);
  return (found?.[0] as Preset | undefined) ?? null;
}

export interface Point {
  day: string;
  value: number | null;
}

const MOST_POINTS = 400;

/** One point for each day of the period, also for days without contacts. */
export function seriesOf(summary: Summary, metric: Metric): readonly Point[] {
  const known = new Map(summary.rows.map((row) => [row.key, row]));
  const points: Point[] = [];
  for (let day = summary.first; day <= summary.last && points.length < MOST_POINTS; day = addDays(day, 1)) {
    const row = known.get(day);
    points.push({ day, value: row ? figureOf(metric, row) : metric === "volume" ? 0 : null });
  }
  return points;
}

/** Unbroken stretches of a series, so that a line is not drawn through days without a value. */
export function stretchesOf(points: readonly Point[]): readonly (readonly { at: number; value: number }[])[] {
  const stretches: { at: number; value: number }[][] = [];
  let open: { at: number; value: number }[] | null = null;
  for (const [at, { value }] of points.entries()) {
    if (value === null) {
      open = null;
      continue;
    }
    if (open === null) {
      open = [];
      stretches.push(open);
    }
    open.push({ at, value });
  }
  return stretches;
}
