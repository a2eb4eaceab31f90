/** The ledger tells the truth about itself, too. */
import { describe, expect, it } from "vitest";
import { partsOf, repairTook_s, slugOf, verdictOf } from "./ledger";

const AT = "2026-11-21T09:00:00Z";
const now_ms = Date.parse(AT) + 3000;

describe("the verdict", () => {
  it("is good only when the last look is fresh and found everybody", () => {
    expect(verdictOf({ checked_at: AT, counts: { open: 4, orphans: 0 }, alarms: [] }, now_ms)).toBe("ok");
    expect(verdictOf({ checked_at: AT, counts: { open: 4, orphans: 1 }, alarms: [] }, now_ms)).toBe("late");
  });

  it("never calls an old look good", () => {
    const old = { checked_at: AT, counts: { open: 4, orphans: 0 }, alarms: [] };
    expect(verdictOf(old, Date.parse(AT) + 21_000)).toBe("overdue");
    expect(verdictOf({ ...old, checked_at: null }, now_ms)).toBe("none");
  });
});

describe("the bar", () => {
  it("lays the places side by side and fills the whole length", () => {
    const parts = partsOf({ owned: 3, queued: 1 });
    expect(parts.map(({ place, start, width }) => [place, start, width])).toEqual([
      ["owned", 0, 75],
      ["queued", 75, 25],
      ["journey", 100, 0],
      ["survey", 100, 0],
      ["callback", 100, 0],
      ["orphans", 100, 0],
    ]);
  });

  it("is empty when nobody is there", () => {
    expect(partsOf({}).every((part) => part.width === 0)).toBe(true);
  });
});

describe("an alarm", () => {
  it("is named by what was wrong, and says how long the repair took", () => {
    expect(slugOf("waiting in no queue")).toBe("waiting_in_no_queue");
    const alarm = { contact_id: "c", found_at: AT, was: "", repaired_at: "2026-11-21T09:00:02.500Z" };
    expect(repairTook_s(alarm)).toBe(2.5);
    expect(repairTook_s({ ...alarm, repaired_at: null })).toBeNull();
  });
});
