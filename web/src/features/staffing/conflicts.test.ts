/** A supervisor reads what is wrong with a plan before publishing it. */
import { describe, expect, it } from "vitest";
import { conflictsOf, madeFor } from "./conflicts";
import type { PlanResult, Shift } from "./staffing";

const FINE: PlanResult = {
  gap: 0,
  seconds: 1,
  shifts: 2,
  paid_h: 16,
  missing_h: 0,
  over_h: 4,
  unfilled: [],
  short: [],
};
const shift = (id: string, agent_id: string | null) => ({ id, agent_id }) as Shift;
const broken = (rule: string) => ({ rule, shift_id: "a", agent_id: "mina", value: null, limit: null });

describe("the conflicts of a plan", () => {
  it("there are none where everything is covered and no rule is broken", () => {
    expect(conflictsOf(FINE, [shift("a", "mina")], []).none).toBe(true);
    expect(conflictsOf({ ...FINE, missing_h: 0.0001 }, [], []).none).toBe(true);
  });

  it("hours nobody is planned for are one", () => {
    const found = conflictsOf({ ...FINE, missing_h: 4380 }, [shift("a", "mina")], []);
    expect([found.none, found.missing_h]).toEqual([false, 4380]);
  });

  it("broken rules are, each named with how often", () => {
    const found = conflictsOf(FINE, [shift("a", "mina")], [broken("rest"), broken("days"), broken("days")]);
    expect(found.none).toBe(false);
    expect(found.broken).toEqual([
      ["days", 2],
      ["rest", 1],
    ]);
  });

  it("a shift that was filled by hand since is none any more", () => {
    const result = { ...FINE, unfilled: [{ shift_id: "a", reasons: { day_off: 1 } }] };
    expect(conflictsOf(result, [shift("a", null)], []).unfilled).toHaveLength(1);
    expect(conflictsOf(result, [shift("a", "mina")], []).none).toBe(true);
  });
});

describe("what a plan was made for", () => {
  it("is told where it is not what is set", () => {
    expect(madeFor({})).toEqual([]);
    const none = { share: null, within_s: null, patience_s: null, shrinkage: null };
    expect(madeFor({ what_if: { volume: 1, ...none } })).toEqual([]);
    expect(madeFor({ what_if: { ...none, volume: 15, share: 0.9, shrinkage: 0 } })).toEqual([
      ["volume", 15],
      ["share", 0.9],
      ["shrinkage", 0],
    ]);
  });
});
