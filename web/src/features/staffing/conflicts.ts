/** What is wrong with a plan, and what it was made for. Pure. */
import type { Asked, PlanResult, Shift, Violation } from "./staffing";

export interface Conflicts {
  /** Shifts nobody can work, less those filled by hand since. */
  unfilled: PlanResult["unfilled"];
  short: PlanResult["short"];
  /** Hours nobody is planned for; 0 for less than is shown. */
  missing_h: number;
  /** Broken rules and how often, the most frequent first. */
  broken: readonly (readonly [rule: string, count: number])[];
  none: boolean;
}

const LEAST_SHOWN_H = 0.05;

/** `shifts` and `violations` are those of the plan as it is now; no shifts: it is not looked at any more. */
export function conflictsOf(
  result: PlanResult,
  shifts: readonly Shift[],
  violations: readonly Violation[],
): Conflicts {
  const unfilled = result.unfilled.filter(
    (one) => shifts.length === 0 || shifts.some((each) => each.id === one.shift_id && each.agent_id === null),
  );
  const counts = new Map<string, number>();
  for (const { rule } of violations) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const broken = [...counts].sort((one, other) => other[1] - one[1]);
  const missing_h = result.missing_h < LEAST_SHOWN_H ? 0 : result.missing_h;
  const none = unfilled.length + result.short.length + broken.length === 0 && missing_h === 0;
  return { unfilled, short: result.short, missing_h, broken, none };
}

const PARTS = ["volume", "share", "within_s", "patience_s", "shrinkage"] as const;

/** What a plan was made for instead of what is set. */
export function madeFor(asked: Asked): readonly (readonly [part: (typeof PARTS)[number], value: number])[] {
  return PARTS.flatMap((part) => {
    const value = asked.what_if?.[part];
    return value === null || value === undefined || (part === "volume" && value === 1) ? [] : [[part, value]];
  });
}
