import { describe, expect, it } from "vitest";
import { chosenLine, expectedWords, type Line } from "./lines";

const line = (id: string, longest_since: string | null): Line => ({
  id,
  name: { ko: id, ja: id, en: id },
  waiting: longest_since ? 1 : 0,
  longest_since,
});
const lines = [
  line("orders", null),
  line("refunds", "2026-11-20T09:05:00Z"),
  line("general", "2026-11-20T09:01:00Z"),
];

describe("the line that is shown", () => {
  it("is the one asked for, if it is one's own", () => {
    expect(chosenLine(lines, "orders")?.id).toBe("orders");
    expect(chosenLine(lines, "vip")?.id).toBe("general");
  });

  it("is the one in which somebody waits longest, otherwise the first", () => {
    expect(chosenLine(lines, undefined)?.id).toBe("general");
    expect(chosenLine([line("orders", null)], undefined)?.id).toBe("orders");
    expect(chosenLine([], undefined)).toBeUndefined();
  });
});

it("says an expected wait in the minutes the customer was told", () => {
  expect(expectedWords({ low_s: 0, high_s: 60 })).toEqual({ key: "lines.expected.within", low: 0, high: 1 });
  expect(expectedWords({ low_s: 180, high_s: 300 })).toEqual({ key: "lines.expected.between", low: 3, high: 5 });
  expect(expectedWords({ low_s: 600, high_s: 600 })).toEqual({ key: "lines.expected.about", low: 10, high: 10 });
});
