/** A comparison of two versions as the server tells it, and the wish for one as it is typed. */
export const METRICS = ["contained", "satisfied", "short"] as const;
export type Metric = (typeof METRICS)[number];
export type Verdict = "undecided" | "a_better" | "b_better" | "no_difference";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Arm {
  readonly contacts: number;
  readonly successes: number;
  readonly rate: number | null;
  readonly interval: Interval;
}

export interface Split {
  readonly id: string;
  readonly version_a: number;
  readonly version_b: number;
  readonly share: number;
  readonly metric: Metric;
  readonly within_s: number;
  readonly needed: number;
  readonly began_at: string;
  readonly ended_at: string | null;
}

export interface Watched {
  readonly split: Split;
  readonly comparison: {
    readonly a: Arm;
    readonly b: Arm;
    readonly difference: number | null;
    readonly difference_interval: Interval;
    readonly p: number;
    readonly verdict: Verdict;
  };
  readonly unsettled: number;
  readonly apart: number;
}

export interface Plan {
  readonly base: number;
  readonly base_known: boolean;
  readonly needed: number;
  readonly per_day: number;
  readonly days: number | null;
}

/** What is asked for, with numbers as they are typed: per cent, seconds, points. */
export interface Draft {
  readonly version_a: number;
  readonly version_b: number;
  readonly share: string;
  readonly metric: Metric;
  readonly within_s: string;
  readonly difference: string;
}

/** How long after its beginning a contact is usually judged, in seconds. */
export const USUAL_S: Readonly<Record<Metric, number>> = { contained: 3600, satisfied: 86_400, short: 180 };

/** The newest version against the one before it; null while there are not two. */
export function draftOf(versions: readonly number[]): Draft | null {
  const [newest, before] = [...versions].sort((a, b) => b - a);
  if (newest === undefined || before === undefined) return null;
  const metric = "contained";
  return {
    version_a: before,
    version_b: newest,
    share: "50",
    metric,
    within_s: String(USUAL_S[metric]),
    difference: "5",
  };
}

function within(text: string, least: number, most: number): number | null {
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) && value >= least && value <= most ? value : null;
}

/** What is sent; null while a number is missing or out of its range. */
export function wishOf(draft: Draft) {
  const share = within(draft.share, 5, 95);
  const within_s = within(draft.within_s, 30, 7 * 86_400);
  const difference = within(draft.difference, 0.5, 90);
  if (share === null || within_s === null || difference === null || draft.version_a === draft.version_b)
    return null;
  return {
    version_a: draft.version_a,
    version_b: draft.version_b,
    share: share / 100,
    metric: draft.metric,
    within_s: Math.round(within_s),
    difference: difference / 100,
  };
}

/** How far a comparison is, 0 to 1. */
export function progressOf({ split, comparison }: Watched): number {
  return Math.min(1, (comparison.a.contacts + comparison.b.contacts) / split.needed);
}

/** A difference of shares in points, with its sign. */
export function points(difference: number): string {
  const value = (difference * 100).toFixed(1);
  return difference > 0 ? `+${value}` : value.replace("-", "−");
}
