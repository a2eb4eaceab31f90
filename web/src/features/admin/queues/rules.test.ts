/** A queue's rules in the form. */
import { describe, expect, it } from "vitest";
import { isAdvanced, listOf, nextRing, PLAIN_RULES } from "./rules";

describe("the rules of a queue", () => {
  it("begin plain, with nothing hidden behind the fold", () => {
    expect(isAdvanced(PLAIN_RULES)).toBe(false);
    expect(isAdvanced({ ...PLAIN_RULES, reserve: 2 })).toBe(true);
  });

  it("widen in the order of time", () => {
    const first = nextRing([]);
    expect(nextRing([first]).after_s).toBeGreaterThan(first.after_s);
  });

  it("read teams as they are typed", () => {
    expect(listOf("seoul, tokyo,, seoul ")).toEqual(["seoul", "tokyo"]);
    expect(listOf("")).toEqual([]);
  });
});
