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

  it("keep both languages when one wrote Korean and the other English", () => {
    const title = { ko: "인사", en: "Hello" };
    const mine = { title: { ko: "인사", en: "Good day" } };
    const theirs = { title: { ko: "안녕하세요", en: "Hello" } };
    expect(merge({ title }, mine, theirs)).toEqual({ title: { ko: "안녕하세요", en: "Good day" } });
    expect(clashes({ title }, mine, theirs)).toEqual([]);
  });

  it("keep a removal that the other did not touch", () => {
    const capacity: Record<string, number> = { webchat: 3, voice: 1 };
    const mine = { capacity: { webchat: 3 } as Record<string, number> };
    const theirs = { capacity: { webchat: 4, voice: 1 } as Record<string, number> };
    expect(merge({ capacity }, mine, theirs)).toEqual({ capacity: { webchat: 4 } });
  });

  it("do not clash when they made the same change", () => {
    expect(clashes(base, { ...base, target_s: 90 }, { ...base, target_s: 90 })).toEqual([]);
  });
});
