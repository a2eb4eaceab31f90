import { describe, expect, it } from "vitest";
import { ticksOf } from "./ticks";

describe("the marks of an axis", () => {
  it("are round and reach over the highest value", () => {
    expect(ticksOf(73)).toEqual([0, 20, 40, 60, 80]);
    expect(ticksOf(0.62)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    expect(ticksOf(4)).toEqual([0, 1, 2, 3, 4]);
    expect(ticksOf(0)).toEqual([0, 1]);
  });

  it("count agents without halves", () => {
    expect(ticksOf(9)).toEqual([0, 2.5, 5, 7.5, 10]);
    expect(ticksOf(9, true)).toEqual([0, 5, 10]);
    expect(ticksOf(1, true)).toEqual([0, 1]);
    expect(ticksOf(13, true)).toEqual([0, 5, 10, 15]);
  });
});
