/** A queue's rules in the form. */
import { describe, expect, it } from "vitest";
import { isAdvanced, linesOfPairs, listOf, nextRing, PLAIN_RULES, pairsOf } from "./rules";

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

  it("keep attributes as names and values, whatever the value holds", () => {
    const pairs = pairsOf("tier: gold\n\nsite: Seoul: 3F\nvip");
    expect(pairs).toEqual([
      ["tier", "gold"],
      ["site", "Seoul: 3F"],
      ["vip", ""],
    ]);
    expect(pairsOf(linesOfPairs(pairs))).toEqual(pairs);
  });
});
