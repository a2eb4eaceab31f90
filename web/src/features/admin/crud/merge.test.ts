/** Two supervisors edit the same queue. */
import { describe, expect, it } from "vitest";
import { changedFields, clashes, merge } from "./merge";

const base = { name: { ko: "주문" }, target_s: 60, dispositions: ["solved"] };

describe("two people changing one thing", () => {
  it("keep both when they touched different fields", () => {
    const mine = { ...base, target_s: 90 };
    const theirs = { ...base, name: { ko: "주문·배송" } };
    expect(merge(base, mine, theirs)).toEqual({ ...base, name: { ko: "주문·배송" }, target_s: 90 });
    expect(clashes(base, mine, theirs)).toEqual([]);
    expect(changedFields(base, theirs)).toEqual(["name"]);
  });

  it("are told which fields both changed, and mine win when kept", () => {
    const mine = { ...base, target_s: 90, dispositions: [] };
    const theirs = { ...base, target_s: 120 };
    expect(clashes(base, mine, theirs)).toEqual(["target_s"]);
    expect(merge(base, mine, theirs)).toEqual({ ...base, target_s: 90, dispositions: [] });
  });

  it("do not clash when they made the same change", () => {
    expect(clashes(base, { ...base, target_s: 90 }, { ...base, target_s: 90 })).toEqual([]);
  });
});
