/** The ledger's answer, and what it says about itself. Pure. */
export const PLACES = ["owned", "queued", "journey", "survey", "callback", "orphans"] as const;
export type Place = (typeof PLACES)[number];

export interface Alarm {
  contact_id: string;
  found_at: string;
  was: string;
  repaired_at: string | null;
}

export interface LedgerAnswer {
  checked_at: string | null;
  counts: Readonly<Record<string, number>>;
  alarms: readonly Alarm[];
}

/** The ledger looks every 5 s; after this long something is wrong with the looking itself. */
export const OVERDUE_S = 20;

export type Verdict = "none" | "overdue" | "late" | "ok";

export function verdictOf(ledger: LedgerAnswer, now_ms: number): Verdict {
  if (ledger.checked_at === null) return "none";
  if (now_ms - Date.parse(ledger.checked_at) > OVERDUE_S * 1000) return "overdue";
  return (ledger.counts.orphans ?? 0) > 0 ? "late" : "ok";
}

export interface Part {
  place: Place;
  count: number;
  /** From 0 to 100, of the whole bar. */
  start: number;
  width: number;
}

/** The places as neighbours on one bar of length 100; empty places have no width. */
export function partsOf(counts: Readonly<Record<string, number>>): readonly Part[] {
  const whole = PLACES.reduce((sum, place) => sum + (counts[place] ?? 0), 0);
  let start = 0;
  return PLACES.map((place) => {
    const count = counts[place] ?? 0;
    const width = whole === 0 ? 0 : (100 * count) / whole;
    const part = { place, count, start, width };
    start += width;
    return part;
  });
}

/** The text key's end for what was wrong: "waiting in no queue" → `waiting_in_no_queue`. */
export function slugOf(was: string): string {
  return was.toLowerCase().replace(/[^a-z0-9]+/g, "_");
}

export function repairTook_s(alarm: Alarm): number | null {
  return alarm.repaired_at === null ? null : (Date.parse(alarm.repaired_at) - Date.parse(alarm.found_at)) / 1000;
}
