/** Alerts are heard once. */
import { describe, expect, it } from "vitest";
import type { BoardAlert } from "@/live/protocol";
import { newlyLoud, unitOf } from "./alerts";

const warning: BoardAlert = {
  queue_id: "orders",
  metric: "waiting",
  level: "warn",
  value: 6,
  limit: 5,
  since_at: "2026-11-21T09:00:00Z",
  acknowledged: null,
};
const alarm: BoardAlert = { ...warning, level: "alarm" };
const seen: BoardAlert = {
  ...warning,
  acknowledged: { level: "warn", agent_id: "1", name: "Sora", at: "2026-11-21T09:01:00Z" },
};

describe("an alert", () => {
  it("is heard when it comes and when it gets worse, not while it stays or eases", () => {
    expect(newlyLoud([], [warning])).toEqual([warning]);
    expect(newlyLoud([warning], [warning])).toEqual([]);
    expect(newlyLoud([warning], [alarm])).toEqual([alarm]);
    expect(newlyLoud([alarm], [warning])).toEqual([]);
  });

  it("is silent once somebody has seen to it", () => {
    expect(newlyLoud([], [seen])).toEqual([]);
  });

  it("has numbers with their units", () => {
    expect(["longest_wait_s", "occupancy", "waiting"].map(unitOf)).toEqual(["clock", "percent", "count"]);
  });
});
