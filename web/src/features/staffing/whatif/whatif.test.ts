/** What is asked is what was set, and chart and table speak of the same half hours. */
import { describe, expect, it } from "vitest";
import {
  type Draft,
  draftFor,
  isOdd,
  isUnchanged,
  linesOf,
  momentsOf,
  questionOf,
  type Replayed,
  secondsOf,
  stretches,
  type WhatIfAnswer,
} from "./whatif";

const DAYS = { today: "2026-11-22", last: "2026-11-21", time_zone: "Asia/Seoul" };
const draft = (change: Partial<Draft> = {}): Draft => ({ ...draftFor(DAYS), ...change });
const range = (mean: number, by = 0.1) => ({ mean, low: mean - by, high: mean + by });
const report = {
  day: "2026-11-21",
  time_zone: "Asia/Seoul",
  seed: 1,
  runs: 20,
  complete: true,
  presence_source: "presence" as const,
  left_out: [],
  verdict: { word: "better", figures: {} },
};

describe("a question", () => {
  it("begins with the last day that was recorded, unchanged", () => {
    expect(draft().date).toBe("2026-11-21");
    expect(isUnchanged(draft())).toBe(true);
    expect(isUnchanged(draft({ volume: 120 }))).toBe(false);
  });

  it("carries what the sliders say", () => {
    const asked = questionOf(
      draft({ agents: 2, volume: 120, queue_id: "orders", promotion: ["13:00", "14:00"] }),
      DAYS.today,
    );
    expect(asked.source).toBe("recorded");
    expect(asked.changes).toMatchObject({
      queue_id: "orders",
      agents: 2,
      volume: 1.2,
      outages: [],
      promotions: [{ from_s: 46_800, until_s: 50_400, factor: 3 }],
    });
  });

  it("of a day to come is about the forecast, and a replay changes nothing", () => {
    expect(questionOf(draft({ date: "2026-11-24" }), DAYS.today).source).toBe("forecast");
    expect(questionOf(draft({ kind: "replay", agents: 2 }), DAYS.today)).not.toHaveProperty("changes");
    expect(questionOf(draft({ kind: "staff", agents: 2 }), DAYS.today).changes?.agents).toBe(0);
  });

  it("leaves out spans that make no sense and says so", () => {
    const odd = draft({ outage: ["10:20", "10:00"] });
    expect(isOdd(odd.outage)).toBe(true);
    expect(isOdd(["", ""])).toBe(false);
    expect(questionOf(odd, DAYS.today).changes?.outages).toEqual([]);
    expect(secondsOf("09:30")).toBe(34_200);
    expect(secondsOf("nine")).toBeNull();
  });
});

describe("an answer", () => {
  const answer: WhatIfAnswer = {
    ...report,
    kind: "what_if",
    parts: [
      {
        queue_id: null,
        name: {},
        total: {},
        half_hours: [
          { from_s: 0, at: "00:00", before: { service_level: range(0.7) }, after: { service_level: range(0.9) } },
          { from_s: 1800, at: "00:30", before: {}, after: { service_level: range(0.8) } },
          { from_s: 7200, at: "02:00", before: { service_level: range(0.6) }, after: {} },
        ],
      },
    ],
  };

  it("becomes lines with their bands, and gaps where nothing was measured", () => {
    const [before, after] = linesOf(answer, 0, "service_level");
    expect(before?.points.map(({ mean }) => mean)).toEqual([0.7, null, 0.6]);
    expect(after?.points[0]).toMatchObject({ mean: 0.9, low: 0.8, high: 1 });
    expect(stretches(before?.points ?? []).map((run) => run.length)).toEqual([1, 1]);
    expect(stretches(after?.points ?? []).map((run) => run.length)).toEqual([2]);
  });

  it("can be laid over an earlier one of the same kind", () => {
    const lines = linesOf(answer, 0, "service_level", answer);
    expect(lines.map(({ id }) => id)).toEqual(["before", "after", "other"]);
    expect(momentsOf(lines).map(({ at }) => at)).toEqual(["00:00", "00:30", "02:00"]);
  });

  it("of a replay shows the real day beside what chance does to one", () => {
    const checked = { real: 0.5, twin: range(0.55), day_low: 0.3, day_high: 0.8, difference: 0.05, within: true };
    const replayed: Replayed = {
      ...report,
      kind: "replay",
      parts: [
        {
          queue_id: null,
          name: {},
          total: {},
          half_hours: [{ from_s: 0, at: "00:00", metrics: { service_level: checked } }],
        },
      ],
    };
    const [real, twin] = linesOf(replayed, 0, "service_level");
    expect(real?.points[0]?.mean).toBe(0.5);
    expect(twin?.points[0]).toMatchObject({ mean: 0.55, low: 0.3, high: 0.8 });
  });
});
