/** Staffing as the API gives it: days, half hours, rosters. Pure. Source: src/warmline/features/staffing/schemas.py. */
import type { LocalText } from "@/i18n/locale";

export interface Need {
  start_at: string;
  contacts: number;
  agents: number;
  on_shift: number;
  planned: number;
}

export interface Needs {
  first_at: string;
  end_at: string;
  time_zone: string;
  source: string;
  needs: readonly Need[];
}

export type PauseKind = "lunch" | "break";

export interface Pause {
  kind: PauseKind;
  start_at: string;
  end_at: string;
}

export interface Shift {
  id: string;
  plan_id: string | null;
  agent_id: string | null;
  pool_id: string;
  queues: readonly string[];
  pattern_id: string;
  start_at: string;
  end_at: string;
  paid_min: number;
  pauses: readonly Pause[];
  published: boolean;
  version: number;
}

export interface Violation {
  rule: string;
  shift_id: string;
  agent_id: string;
  value: number | null;
  limit: number | null;
}

export interface Roster {
  time_zone: string;
  shifts: readonly Shift[];
  violations: readonly Violation[];
}

export interface Terms {
  week_max_min: number;
  week_min_min: number;
  days_at_most: number;
  weekdays: readonly number[];
  days_off: readonly string[];
  pattern_ids: readonly string[] | null;
  earliest_min: number;
  latest_min: number;
}

export interface Contract {
  agent_id: string;
  name: string;
  queues: readonly string[];
  terms: Terms;
  version: number;
}

export interface PlanResult {
  gap: number | null;
  seconds: number;
  shifts: number;
  paid_h: number;
  missing_h: number;
  over_h: number;
  unfilled: readonly { shift_id: string; reasons: Readonly<Record<string, number>> }[];
  short: readonly { agent_id: string; week: string; planned_min: number; promised_min: number }[];
}

/** What a plan was asked for; null and missing: as set. `volume` multiplies the contacts, shares are 0 to 1. */
export interface Asked {
  what_if?: Partial<Record<"volume" | "share" | "within_s" | "patience_s" | "shrinkage", number | null>>;
}

export interface Plan {
  id: string;
  starts_at: string;
  ends_at: string;
  request: Asked;
  status: "planning" | "ready" | "failed" | "stopped" | "published";
  progress: { step?: "start" | "layout" | "cover" | "schedule"; gap?: number | null };
  result: PlanResult | null;
  created_at: string;
}

/** Whether the plan has shifts that wait to be published: it is done, or was stopped with something found. */
export const awaitsPublishing = (plan: Pick<Plan, "status" | "result">): boolean =>
  plan.status === "ready" || (plan.status === "stopped" && plan.result !== null);

export interface Described {
  per_day: number;
  handle_s: number;
  open_min: number;
  close_min: number;
  weekend_share: number;
}

export interface Pattern {
  id: string;
  length_min: number;
  earliest_start_min: number;
  latest_start_min: number;
  step_min: number;
  pauses: readonly { kind: PauseKind; length_min: number; from_min: number; to_min: number }[];
  weekdays: readonly number[];
  at_most: number | null;
  paid_lunch: boolean;
  cost: number;
}

export interface Settings {
  pooled: boolean;
  patience_s: number | null;
  shrinkage: number;
  at_once: number;
  least: number;
  quantile: "p10" | "expected" | "p90";
  under_cost: number;
  over_cost: number;
  rest_min: number;
  time_limit_s: number;
  gap: number;
  patterns: readonly { name: LocalText; pattern: Pattern }[];
  described: Readonly<Record<string, Described>>;
}

export interface SettingsAnswer {
  settings: Settings;
  version: number;
  sources: readonly string[];
}

export interface Standing {
  agent_id: string;
  name: string;
  presence: string;
  reason: string | null;
  state: "in" | "early" | "late" | "absent" | "left" | "resting" | "working" | "off";
  since_at: string | null;
  minutes: number;
  planned: "work" | "rest" | "off";
  planned_kind: PauseKind | null;
  until_at: string | null;
}

export interface AgentDay {
  agent_id: string;
  name: string;
  planned_min: number;
  in_adherence_min: number;
  worked_min: number;
  late_min: number;
  share: number | null;
}

/** The ISO date that it is in a time zone. */
export function dayIn(zone: string, at: string | Date): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    calendar: "iso8601",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(new Date(at));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** The wall clock in a time zone: "09:30". */
export function clockIn(zone: string, at: string | Date): string {
  return new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(at));
}

export function addDays(day: string, count: number): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
export function weekOf(day: string): string {
  return addDays(day, -((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7));
}

export function daysFrom(first: string, count = 7): readonly string[] {
  return Array.from({ length: count }, (_, at) => addDays(first, at));
}

/** The instant a wall clock shows `clock` on `day` in a zone, as ISO. Within an hour that is skipped: the one after. */
export function instantOf(zone: string, day: string, clock: string): string {
  const wanted_ms = Date.parse(`${day}T${clock}:00Z`);
  let guess_ms = wanted_ms;
  for (let round = 0; round < 3; round++) {
    const shown_ms = Date.parse(`${dayIn(zone, new Date(guess_ms))}T${clockIn(zone, new Date(guess_ms))}:00Z`);
    if (shown_ms === wanted_ms) break;
    guess_ms += wanted_ms - shown_ms;
  }
  return new Date(guess_ms).toISOString();
}

/** Minutes after midnight as a clock, and back. */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

export function minutesOf(clock: string): number {
  const [hours = "0", minutes = "0"] = clock.split(":");
  return Number(hours) * 60 + Number(minutes);
}

export interface Row {
  /** Null: shifts that nobody works yet. */
  agent_id: string | null;
  name: string;
  days: Readonly<Record<string, readonly Shift[]>>;
  paid_min: number;
}

/** One row for each agent by name, and first one for open shifts if there are any. */
export function rosterRows(roster: Roster, contracts: readonly Contract[]): readonly Row[] {
  const rows: Row[] = [];
  const row = (agent_id: string | null, name: string) => {
    const days: Record<string, Shift[]> = {};
    let paid_min = 0;
    for (const shift of roster.shifts) {
      if (shift.agent_id !== agent_id) continue;
      const day = dayIn(roster.time_zone, shift.start_at);
      days[day] ??= [];
      days[day].push(shift);
      paid_min += shift.paid_min;
    }
    rows.push({ agent_id, name, days, paid_min });
  };
  if (roster.shifts.some((shift) => shift.agent_id === null)) row(null, "");
  const known = new Set(contracts.map((each) => each.agent_id));
  for (const contract of contracts) row(contract.agent_id, contract.name);
  for (const id of new Set(roster.shifts.map((shift) => shift.agent_id)))
    if (id !== null && !known.has(id)) row(id, id.slice(-4));
  return rows;
}

/** Violations by shift. */
export function brokenBy(violations: readonly Violation[]): ReadonlyMap<string, readonly Violation[]> {
  const found = new Map<string, Violation[]>();
  for (const one of violations) found.set(one.shift_id, [...(found.get(one.shift_id) ?? []), one]);
  return found;
}

/** The needs of each local day, in order. */
export function needsByDay(needs: Needs): ReadonlyMap<string, readonly Need[]> {
  const found = new Map<string, Need[]>();
  for (const need of needs.needs) {
    const day = dayIn(needs.time_zone, need.start_at);
    const line = found.get(day);
    if (line) line.push(need);
    else found.set(day, [need]);
  }
  return found;
}

/** The half hours from the first to the last in which anybody is expected or planned. */
export function busyPart(needs: readonly Need[]): readonly Need[] {
  const busy = needs.flatMap((each, at) =>
    each.on_shift > 0 || each.planned > 0 || each.contacts > 0 ? [at] : [],
  );
  return needs.slice(busy[0] ?? 0, (busy.at(-1) ?? -1) + 1);
}

/** An SVG path of steps: each value holds for its whole slot. */
export function stepsOf(
  values: readonly number[],
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  return values.map((value, at) => `${at === 0 ? "M" : "L"}${x(at)},${y(value)}H${x(at + 1)}`).join("");
}

export interface WhatIf {
  volume: number;
  share: string;
  within_s: string;
  patience_s: string;
  shrinkage: string;
}

export const AS_SET: WhatIf = { volume: 100, share: "", within_s: "", patience_s: "", shrinkage: "" };

/** What each value may be, as the API takes it. Source: WhatIfDoc in src/warmline/features/staffing/schemas.py. */
export const ALLOWED = {
  share: [0, 99],
  within_s: [1, 3600],
  patience_s: [5, 7200],
  shrinkage: [0, 80],
} as const;

/** The values that say something they may not. */
export function oddParts(what: WhatIf): readonly (keyof typeof ALLOWED)[] {
  return (Object.keys(ALLOWED) as (keyof typeof ALLOWED)[]).filter((name) => {
    const [least, most] = ALLOWED[name];
    const value = Number(what[name]);
    return what[name].trim() !== "" && !(value >= least && value <= most);
  });
}

function part(text: string, divide: number): number | undefined {
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? undefined : value / divide;
}

/** The changes as the API takes them; percent become shares. */
export function changesOf(what: WhatIf): Record<string, number> {
  const all = {
    volume: what.volume / 100,
    share: part(what.share, 100),
    within_s: part(what.within_s, 1),
    patience_s: part(what.patience_s, 1),
    shrinkage: part(what.shrinkage, 100),
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

export function needsPath(first: string, last: string, source: string, what: WhatIf, plan: string | null): string {
  const query = new URLSearchParams({ from: first, to: last, source });
  for (const [name, value] of Object.entries(changesOf(what))) query.set(name, String(value));
  if (plan) query.set("plan_id", plan);
  return `/staffing/needs?${query}`;
}
