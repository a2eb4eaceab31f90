/** Reports that say the same in the address, the chart and the table. */
import { describe, expect, it } from "vitest";
import {
  addDays,
  addressOf,
  choiceOf,
  dayIn,
  type Figures,
  figureOf,
  presetOf,
  type Summary,
  seriesOf,
  stretchesOf,
} from "./reports";

const TODAY = "2026-11-21";
const nothing: Figures = {
  key: null,
  name: null,
  volume: 0,
  containment: null,
  wait_avg_s: null,
  wait_p50_s: null,
  wait_p90_s: null,
  handle_time_s: null,
  abandonment: null,
  service_level: null,
  transfer_rate: null,
  csat: null,
  csat_good: null,
  csat_answers: 0,
  answered: 0,
  abandoned: 0,
  wait_promise: null,
};

describe("the address", () => {
  it("is the last week by day when it says nothing, and ignores nonsense", () => {
    const choice = choiceOf("?group=mood&from=yesterday", TODAY);
    expect(choice).toMatchObject({
      from: "2026-11-15",
      to: TODAY,
      group: "day",
      metric: "volume",
      key: undefined,
    });
    expect(presetOf(choice, TODAY)).toBe("week");
  });

  it("brings back exactly what was chosen, the row without a key too", () => {
    for (const [key, all] of [
      ["orders", false],
      [null, false],
      [undefined, false],
      [undefined, true],
    ] as const) {
      const choice = { from: "2026-11-01", to: "2026-11-20", group: "queue", metric: "csat", key, all } as const;
      expect(choiceOf(addressOf(choice).slice("/reports".length), TODAY)).toEqual(choice);
      expect(presetOf(choice, TODAY)).toBeNull();
    }
  });

  it("means the company's day, which may be another than the reader's", () => {
    const late = new Date("2026-11-21T21:30:00Z");
    expect(dayIn("Asia/Seoul", late)).toBe("2026-11-22");
    expect(dayIn("America/New_York", late)).toBe("2026-11-21");
  });

  it("counts days over the ends of months and leap days", () => {
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  });
});

describe("a series", () => {
  const summary: Summary = {
    first: "2026-11-19",
    last: "2026-11-21",
    time_zone: "Asia/Seoul",
    group: "day",
    total: nothing,
    rows: [
      { ...nothing, key: "2026-11-19", volume: 4, wait_avg_s: 12 },
      { ...nothing, key: "2026-11-21", volume: 6, wait_avg_s: 30 },
    ],
  };

  it("has every day: a day without contacts counts zero, but has no average", () => {
    expect(seriesOf(summary, "volume").map((point) => point.value)).toEqual([4, 0, 6]);
    expect(seriesOf(summary, "wait").map((point) => point.value)).toEqual([12, null, 30]);
    expect(figureOf("wait", summary.rows[0] ?? nothing)).toBe(12);
  });

  it("is not drawn through days without a value", () => {
    expect(stretchesOf(seriesOf(summary, "wait"))).toEqual([[{ at: 0, value: 12 }], [{ at: 2, value: 30 }]]);
  });
});
