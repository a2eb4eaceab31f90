/** The report on told waits as the API gives it. Pure. */
import type { LocalText } from "@/i18n/locale";

export const WAIT_GROUPS = ["queue", "day", "half_hour"] as const;
export type WaitGroup = (typeof WAIT_GROUPS)[number];

export interface WaitFigures {
  key: string | null;
  name: LocalText | null;
  told: number;
  answered: number;
  /** Answered, or not answered when the longest time told had passed. */
  judged: number;
  early: number;
  late: number;
  gone: number;
  left_before: number;
  gone_late: number;
  /** Still waiting: within the time told, and past it. */
  open: number;
  overdue: number;
  called: number;
  called_late: number;
  /** Shares of `judged`, 0 to 1: answered no later than told; neither later nor earlier. */
  kept: number | null;
  within: number | null;
  /** Seconds from the middle of what was told, by the median; negative: earlier. */
  error_s: number | null;
  bias_s: number | null;
}

export interface WaitReport {
  group: WaitGroup;
  rows: readonly WaitFigures[];
  total: WaitFigures;
}

/** The rows and, below them, all together; nothing when nobody was told anything. */
export function waitRows({ rows, total }: WaitReport): readonly (WaitFigures & { total: boolean })[] {
  if (rows.length === 0) return [];
  return [...rows.map((row) => ({ ...row, total: false })), { ...total, total: true }];
}

/** How much later (+) or earlier (−) than told. */
export function writtenBias(seconds: number | null, clock: (seconds: number) => string): string {
  if (seconds === null) return "–";
  const size = clock(Math.abs(seconds));
  if (Math.round(seconds) === 0) return size;
  return seconds > 0 ? `+${size}` : `−${size}`;
}
