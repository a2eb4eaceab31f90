/** Questions to the digital twin, its answers, and the lines that chart and table share. */

export const METRICS = [
  "service_level",
  "wait_p90_s",
  "wait_p50_s",
  "occupancy",
  "abandonment",
  "not_helped",
  "came",
] as const;
export type Metric = (typeof METRICS)[number];
export const KINDS = ["what_if", "replay", "staff"] as const;
export type Kind = (typeof KINDS)[number];

export interface Range {
  mean: number;
  low: number | null;
  high: number | null;
}

export interface Checked {
  real: number | null;
  twin: Range | null;
  day_low: number | null;
  day_high: number | null;
  difference: number | null;
  within: boolean | null;
}

export interface Compared {
  before: Range | null;
  after: Range | null;
  difference: Range | null;
  clear: boolean;
}

interface Part<Total, HalfHour> {
  queue_id: string | null;
  name: Record<string, string>;
  total: Record<string, Total>;
  half_hours: readonly HalfHour[];
}

interface Report {
  day: string;
  time_zone: string;
  seed: number;
  runs: number;
  complete: boolean;
  presence_source: "presence" | "shifts" | "work";
  left_out: readonly string[];
  /** Mean seconds by queue, where nobody gave up to learn it from; absent in old answers. */
  patience_assumed?: Readonly<Record<string, number>>;
  verdict: { word: string; figures: Record<string, number> };
}

export interface Replayed extends Report {
  kind: "replay";
  parts: readonly Part<Checked, { from_s: number; at: string; metrics: Record<string, Checked> }>[];
}

export interface WhatIfAnswer extends Report {
  kind: "what_if";
  parts: readonly Part<
    Compared,
    { from_s: number; at: string; before: Record<string, Range>; after: Record<string, Range> }
  >[];
}

export interface Needed extends Report {
  kind: "staff";
  breaks: number;
  hours: number;
  erlang_hours: number;
  there_hours: number;
  half_hours: readonly {
    from_s: number;
    at: string;
    contacts: number;
    erlang: number;
    agents: number;
    there: number;
    service_level: Record<string, Range>;
  }[];
}

export type Answer = Replayed | WhatIfAnswer | Needed;

export interface Changes {
  queue_id?: string | null;
  agents?: number;
  volume?: number;
  handle?: number;
  patience?: number;
  outages?: readonly { from_s: number; until_s: number; desks_dead?: boolean }[];
  promotions?: readonly { from_s: number; until_s: number; factor: number }[];
}

export interface Question {
  kind: Kind;
  date: string;
  runs: number;
  seed: number;
  source?: "recorded" | "forecast";
  changes?: Changes;
}

export interface Run {
  id: string;
  question: Partial<Question> & { kind: Kind; date: string };
  status: "waiting" | "running" | "done" | "stopped" | "failed";
  share: number;
  at: string | null;
  brief: { verdict?: { word: string } | null };
  refusal: { code: string; text: string; fix: string; details: Record<string, string | number | null> } | null;
  created_at: string;
  result: Answer | null;
}

export interface Days {
  today: string;
  last: string | null;
  time_zone: string;
}

/** What the form holds; percentages and times as people set them. */
export interface Draft {
  kind: Kind;
  date: string;
  forecast: boolean;
  queue_id: string;
  agents: number;
  volume: number;
  handle: number;
  patience: number;
  outage: readonly [string, string];
  promotion: readonly [string, string];
  factor: number;
}

export const ALL = "";

export function draftFor(days: Days): Draft {
  return {
    kind: "what_if",
    date: days.last ?? days.today,
    forecast: false,
    queue_id: ALL,
    agents: 0,
    volume: 100,
    handle: 100,
    patience: 100,
    outage: ["", ""],
    promotion: ["", ""],
    factor: 3,
  };
}

export function isOver(run: Pick<Run, "status">): boolean {
  return run.status !== "waiting" && run.status !== "running";
}

/** Seconds after midnight of a time such as 09:30; null when it is none. A day that changes its clocks is off by those. */
export function secondsOf(clock: string): number | null {
  const found = /^(\d{1,2}):(\d{2})/.exec(clock);
  if (!found) return null;
  return Number(found[1]) * 3600 + Number(found[2]) * 60;
}

function spanOf([from, until]: readonly [string, string]): { from_s: number; until_s: number } | null {
  const from_s = secondsOf(from);
  const until_s = secondsOf(until);
  return from_s === null || until_s === null || until_s <= from_s ? null : { from_s, until_s };
}

/** A span is half filled in, or ends before it begins. */
export function isOdd(span: readonly [string, string]): boolean {
  return (span[0] !== "" || span[1] !== "") && spanOf(span) === null;
}

export function changesOf(draft: Draft): Changes {
  const outage = spanOf(draft.outage);
  const promotion = spanOf(draft.promotion);
  return {
    queue_id: draft.queue_id === ALL ? null : draft.queue_id,
    agents: draft.kind === "staff" ? 0 : draft.agents,
    volume: draft.volume / 100,
    handle: draft.handle / 100,
    patience: draft.patience / 100,
    outages: outage ? [outage] : [],
    promotions: promotion ? [{ ...promotion, factor: draft.factor }] : [],
  };
}

export function isUnchanged(draft: Draft): boolean {
  const { agents, volume, handle, patience, outages, promotions } = changesOf(draft);
  const factors = [volume, handle, patience].every((factor) => factor === 1);
  return agents === 0 && factors && !outages?.length && !promotions?.length;
}

export function questionOf(draft: Draft, today: string): Question {
  const asked = { kind: draft.kind, date: draft.date, runs: draft.kind === "staff" ? 10 : 20, seed: 1 };
  if (draft.kind === "replay") return asked;
  const ahead = draft.forecast || draft.date > today;
  return { ...asked, source: ahead ? "forecast" : "recorded", changes: changesOf(draft) };
}

export interface Point {
  at: string;
  from_s: number;
  mean: number | null;
  low: number | null;
  high: number | null;
}

export type LineId = "before" | "after" | "other" | "real" | "twin" | "needed" | "erlang" | "there";

export interface Line {
  id: LineId;
  points: readonly Point[];
}

type Moment = { at: string; from_s: number };

function point({ at, from_s }: Moment, range: Range | null | undefined): Point {
  return { at, from_s, mean: range?.mean ?? null, low: range?.low ?? null, high: range?.high ?? null };
}

function plain({ at, from_s }: Moment, mean: number | null | undefined): Point {
  return { at, from_s, mean: mean ?? null, low: null, high: null };
}

/** The lines of one metric, half hour by half hour; `other` is an earlier answer to the same kind of question. */
export function linesOf(answer: Answer, part: number, metric: Metric, other: Answer | null = null): Line[] {
  if (answer.kind === "staff") {
    const halves = answer.half_hours;
    const lines: Line[] = [
      { id: "needed", points: halves.map((each) => plain(each, each.agents)) },
      { id: "erlang", points: halves.map((each) => plain(each, each.erlang)) },
      { id: "there", points: halves.map((each) => plain(each, each.there)) },
    ];
    if (other?.kind === "staff") {
      lines.push({ id: "other", points: other.half_hours.map((each) => plain(each, each.agents)) });
    }
    return lines;
  }
  if (answer.kind === "replay") {
    const halves = answer.parts[part]?.half_hours ?? [];
    return [
      { id: "real", points: halves.map((each) => plain(each, each.metrics[metric]?.real)) },
      {
        id: "twin",
        points: halves.map((each) => {
          const one = each.metrics[metric];
          return { ...point(each, one?.twin), low: one?.day_low ?? null, high: one?.day_high ?? null };
        }),
      },
    ];
  }
  const halves = answer.parts[part]?.half_hours ?? [];
  const lines: Line[] = [
    { id: "before", points: halves.map((each) => point(each, each.before[metric])) },
    { id: "after", points: halves.map((each) => point(each, each.after[metric])) },
  ];
  if (other?.kind === "what_if") {
    const same = other.parts.find((each) => each.queue_id === answer.parts[part]?.queue_id);
    lines.push({ id: "other", points: (same?.half_hours ?? []).map((each) => point(each, each.after[metric])) });
  }
  return lines;
}

/** Runs of points that follow each other half hour by half hour and have a value. */
export function stretches(points: readonly Point[]): Point[][] {
  const found: Point[][] = [];
  let last: Point | null = null;
  for (const each of points) {
    if (each.mean === null) {
      last = null;
      continue;
    }
    if (last && each.from_s - last.from_s <= 1800) found.at(-1)?.push(each);
    else found.push([each]);
    last = each;
  }
  return found;
}

/** All half hours of several lines, in order. */
export function momentsOf(lines: readonly Line[]): Moment[] {
  const all = new Map<number, string>();
  for (const { points } of lines) for (const { from_s, at } of points) all.set(from_s, at);
  return [...all].sort(([a], [b]) => a - b).map(([from_s, at]) => ({ from_s, at }));
}

const SHARES: ReadonlySet<Metric> = new Set(["service_level", "occupancy", "abandonment", "not_helped"]);

export function isShare(metric: Metric): boolean {
  return SHARES.has(metric);
}
