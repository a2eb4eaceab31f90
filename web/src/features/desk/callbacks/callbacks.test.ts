import { describe, expect, it } from "vitest";
import type { Queue } from "@/api/settings";
import { card } from "@/live/fixtures";
import type { CardCallback } from "@/live/protocol";
import { attemptsOf, fitting, lateBy, nextHalfHour, outcomesOf, stageOf, windowFrom } from "./callbacks";

const NOON = Date.parse("2026-11-20T12:00:00Z");
const promised = (part: Partial<CardCallback> = {}): CardCallback => ({
  stage: "line",
  due_at: "2026-11-20T12:00:00Z",
  promised_at: "2026-11-20T11:00:00Z",
  order: "agent_first",
  phone: "+821012345678",
  not_before: null,
  not_after: null,
  time_zone: null,
  attempts: 0,
  ...part,
});
const waiting = card({ id: "a", status: "callback", queue_id: "orders", callback: promised({ stage: "later" }) });
const held = card({ id: "b", status: "connected", queue_id: "refunds", callback: promised() });

describe("a promised call", () => {
  it("stands where the customer was told, or with an agent", () => {
    expect(stageOf(waiting)).toBe("later");
    expect(stageOf(held)).toBe("hands");
  });

  it("is late only after the end of its half hour", () => {
    expect(lateBy(promised(), NOON + 90_000)).toBe(90);
    expect(lateBy(promised({ not_after: "2026-11-20T12:30:00Z" }), NOON + 90_000)).toBe(0);
  });

  it("is late against what the customer was told, not against what is expected now", () => {
    const slid = promised({ told_at: "2026-11-20T08:00:00Z", due_at: "2026-11-20T12:10:00Z" });
    expect(lateBy(slid, NOON)).toBe(4 * 3600);
  });

  it("is tried as often as its queue says", () => {
    const queues = [{ id: "orders", rules: { callback: { attempts: 5 } } }] as unknown as Queue[];
    expect(attemptsOf("orders", queues)).toBe(5);
    expect(attemptsOf("refunds", undefined)).toBe(3);
  });

  it("is never busy nor a wrong number when it is answered by message", () => {
    expect(outcomesOf(promised())).toContain("wrong_number");
    expect(outcomesOf(promised({ phone: null }))).toEqual(["reached", "no_answer"]);
  });

  it("is found by queue and by where it stands", () => {
    const calls = [{ card: waiting }, { card: held }];
    const ids = (filter: Parameters<typeof fitting>[1]) => fitting(calls, filter).map((call) => call.card.id);
    expect(ids({ queue: null, stage: null })).toEqual(["a", "b"]);
    expect(ids({ queue: "orders", stage: null })).toEqual(["a"]);
    expect(ids({ queue: null, stage: "hands" })).toEqual(["b"]);
    expect(ids({ queue: "orders", stage: "hands" })).toEqual([]);
  });

  it("moves to a whole half hour that can still be reached", () => {
    const local = nextHalfHour(NOON + 25 * 60_000);
    expect(windowFrom(local)).toEqual({
      not_before: "2026-11-20T13:00:00.000Z",
      not_after: "2026-11-20T13:30:00.000Z",
    });
    expect(windowFrom("")).toBeNull();
  });
});
