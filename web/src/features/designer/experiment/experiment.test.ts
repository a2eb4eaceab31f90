import { describe, expect, it } from "vitest";
import { draftOf, points, progressOf, type Watched, wishOf } from "./experiment";

describe("a wish to compare", () => {
  it("begins with the newest version against the one before it", () => {
    expect(draftOf([3])).toBeNull();
    const draft = draftOf([1, 3, 2]);
    expect([draft?.version_a, draft?.version_b]).toEqual([2, 3]);
  });

  it("is sent in shares and seconds, and only when every number is possible", () => {
    const draft = draftOf([1, 2]);
    if (!draft) throw new Error("two versions make a wish");
    expect(wishOf(draft)).toEqual({
      version_a: 1,
      version_b: 2,
      share: 0.5,
      metric: "contained",
      within_s: 3600,
      difference: 0.05,
    });
    expect(wishOf({ ...draft, share: "100" })).toBeNull();
    expect(wishOf({ ...draft, difference: "" })).toBeNull();
    expect(wishOf({ ...draft, within_s: "soon" })).toBeNull();
    expect(wishOf({ ...draft, version_b: 1 })).toBeNull();
  });
});

describe("what a comparison shows", () => {
  it("goes from nothing to all of the contacts it takes, and no further", () => {
    const arm = { contacts: 60, successes: 30, rate: 0.5, interval: { low: 0.4, high: 0.6 } };
    const watched = { split: { needed: 240 }, comparison: { a: arm, b: arm } } as unknown as Watched;
    expect(progressOf(watched)).toBe(0.5);
    expect(progressOf({ ...watched, split: { ...watched.split, needed: 100 } })).toBe(1);
  });

  it("tells differences in points with their sign", () => {
    expect([points(0.034), points(-0.12), points(0)]).toEqual(["+3.4", "−12.0", "0.0"]);
  });
});
