import { describe, expect, it } from "vitest";
import { card } from "@/live/fixtures";
import { rowState } from "./rowState";

const NOW_MS = Date.parse("2026-11-20T09:05:00Z");

describe("a row of the list", () => {
  it("says how long the customer waits for an answer, and when that is too long", () => {
    expect(rowState(card({ waiting_since: "2026-11-20T09:04:30Z" }), NOW_MS)).toEqual({
      state: "wait",
      word: "waiting",
      clock_s: 30,
    });
    expect(rowState(card({ waiting_since: "2026-11-20T09:02:00Z" }), NOW_MS)).toMatchObject({ word: "late" });
  });

  it("counts down the wrap-up and turns late at its end", () => {
    const soon = card({ status: "survey", wrap_up: { due_at: "2026-11-20T09:05:40Z" } });
    expect(rowState(soon, NOW_MS)).toEqual({ state: "wait", word: "wrap_up", clock_s: 40 });
    const over = card({ status: "ended", wrap_up: { due_at: "2026-11-20T09:04:40Z" } });
    expect(rowState(over, NOW_MS)).toEqual({ state: "late", word: "wrap_up", clock_s: 0 });
  });

  it("says that the customer is held, away, or being talked with", () => {
    expect(rowState(card({ on_hold_since: "2026-11-20T09:04:00Z" }), NOW_MS)).toMatchObject({ word: "on_hold" });
    expect(rowState(card({ customer_present: false }), NOW_MS)).toMatchObject({ state: "off", word: "away" });
    expect(rowState(card(), NOW_MS)).toEqual({ state: "live", word: "talking", clock_s: 180 });
  });
});
