import { describe, expect, it } from "vitest";
import { byVersion, countsAddress, helpAddress } from "./help";

const count = (version: number, what: string, times: number, locale = "ko") => ({
  version,
  what,
  times,
  locale,
  day: "2026-11-22",
});

describe("what was counted on a help page", () => {
  it("is added up over days and languages, the newest version first", () => {
    const counts = [count(1, "seen", 3), count(2, "seen", 5), count(2, "seen", 2, "ja"), count(2, "helped", 1)];
    expect(byVersion(counts)).toEqual([
      [2, { seen: 7, finished: 0, helped: 1, not_helped: 0, to_people: 0 }],
      [1, { seen: 3, finished: 0, helped: 0, not_helped: 0, to_people: 0 }],
    ]);
  });

  it("is asked for over four weeks, today included wherever the company is", () => {
    expect(countsAddress("returns", new Date("2026-11-22T23:00:00Z"))).toBe(
      "/journeys/returns/help?from=2026-10-25&to=2026-11-23",
    );
  });

  it("is of a page whose address says which company's it is", () => {
    expect(helpAddress("ko", "returns", "shop-key")).toBe("/help/ko/returns?key=shop-key");
  });
});
