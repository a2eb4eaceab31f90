/** The map of a journey as the API gives it, and what the canvas shows of it. Pure. */
import { addDays } from "../../reports/reports";
import type { Layer, StepPath } from "../seams";

export interface Spot {
  path: StepPath;
  entered: number;
  contacts: number;
  repeated: number;
  now: number;
  left: number;
  dropped: number;
  stays: number;
  median_s: number | null;
  p90_s: number | null;
}

/** A step that calls a module, and how long contacts were in it. */
export interface Call {
  path: StepPath;
  module: string;
  times: number;
  contacts: number;
  stays: number;
  median_s: number | null;
  p90_s: number | null;
}

export interface Seen {
  version: number;
  channel: string;
  locale: string;
  contacts: number;
}

export interface JourneyMap {
  journey_id: string;
  first: string;
  last: string;
  time_zone: string;
  contacts: number;
  begun: number;
  now: number;
  containment: number | null;
  ends: readonly { how: string; contacts: number }[];
  places: readonly Spot[];
  calls: readonly Call[];
  ways: readonly { from_path: string | null; path: StepPath; times: number }[];
  onward: readonly { path: StepPath; journey_id: string; times: number }[];
  exits: readonly { path: StepPath; how: string; times: number }[];
  seen: readonly Seen[];
}

/** What is looked at; null: all of them. */
export interface Choice {
  from: string;
  to: string;
  version: number | null;
  channel: string | null;
  locale: string | null;
}

/** What it is compared with: nothing, the days before, or another version in the same days. */
export type Against = "nothing" | "before" | number;

export function mapAddress(id: string, { from, to, version, channel, locale }: Choice): string {
  const query = new URLSearchParams({ from, to });
  if (version !== null) query.set("version", String(version));
  if (channel !== null) query.set("channel", channel);
  if (locale !== null) query.set("locale", locale);
  return `/journeys/${encodeURIComponent(id)}/map?${query}`;
}

/** The choice that another one is compared with; null for nothing. */
export function otherChoice(choice: Choice, against: Against): Choice | null {
  if (against === "nothing") return null;
  if (typeof against === "number") return { ...choice, version: against };
  const days = Math.round((Date.parse(choice.to) - Date.parse(choice.from)) / 86_400_000) + 1;
  return { ...choice, from: addDays(choice.from, -days), to: addDays(choice.to, -days) };
}

const WARN = 0.05;
const BAD = 0.2;

/** How bad it is that contacts gave up here, of those who came. */
export function toneOf({ contacts, dropped }: Pick<Spot, "contacts" | "dropped">): "warn" | "bad" | undefined {
  if (contacts === 0) return undefined;
  const share = dropped / contacts;
  return share >= BAD ? "bad" : share >= WARN ? "warn" : undefined;
}

/** The map drawn over the canvas: how many came, how many are there now, and how wide the ways are. */
export function layerOf(map: JourneyMap, number: (value: number) => string): Layer {
  const badges = new Map<StepPath, { text: string; tone?: "good" | "warn" | "bad" }>();
  const flow = new Map<StepPath, number>();
  const most = Math.max(1, ...map.places.map((spot) => spot.entered));
  for (const spot of map.places) {
    const tone = toneOf(spot) ?? (spot.now > 0 ? "good" : undefined);
    const text = spot.now > 0 ? `${number(spot.entered)} ● ${number(spot.now)}` : number(spot.entered);
    badges.set(spot.path, tone ? { text, tone } : { text });
    flow.set(spot.path, spot.entered / most);
  }
  for (const call of map.calls) badges.set(call.path, { text: number(call.times) });
  return { of: "watch", badges, flow };
}

/** A row of the table: a place, or a step that calls a module, with the time in it. */
export type TableRow = Spot & { readonly call?: true };

/** The rows in the order in which customers reach their steps; what only older versions had, by path behind them. */
export function tableRows(
  { places, calls }: Pick<JourneyMap, "places" | "calls">,
  order: readonly StepPath[],
): readonly TableRow[] {
  const called = calls.map(({ path, times, contacts, stays, median_s, p90_s }) => ({
    path,
    entered: times,
    contacts,
    // Who came again, who is there and who gave up is told by the module's own map.
    repeated: 0,
    now: 0,
    left: 0,
    dropped: 0,
    stays,
    median_s,
    p90_s,
    call: true as const,
  }));
  const rows = [...places, ...called];
  const rank = ranks(rows, order);
  return rows.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Where in the journey a row's place lies, from 0 on; a section or a branch is just before its first step. */
export function ranks(rows: readonly Pick<Spot, "path">[], order: readonly StepPath[]) {
  const index = new Map(order.map((path, at) => [path, at]));
  for (const { path } of rows) {
    if (index.has(path)) continue;
    const first = order.findIndex((one) => one.startsWith(`${path}/`));
    index.set(path, first < 0 ? order.length : first - 1 + 1 / (1 + order.length));
  }
  return ({ path }: Pick<Spot, "path">) => index.get(path) ?? order.length;
}

/** What there is to choose of, the newest version and the busiest channel and language first. */
export function choices(seen: readonly Seen[]) {
  const busiest = (key: "channel" | "locale") => {
    const counts = new Map<string, number>();
    for (const one of seen) counts.set(one[key], (counts.get(one[key]) ?? 0) + one.contacts);
    return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([name]) => name);
  };
  return {
    versions: [...new Set(seen.map((one) => one.version))].sort((a, b) => b - a),
    channels: busiest("channel"),
    locales: busiest("locale"),
  };
}
