import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { card } from "@/live/fixtures";
import { dispatch, liveState, resetLive } from "@/live/store";
import { cancelEnding, GRACE_MS, isEnding, REFUSED_AFTER_MS, scheduleEnding, sendEndingNow } from "./ending";

const show = (status: "connected" | "ended") =>
  dispatch({ type: "frame", frame: { t: "card", card: card({ status, agent_id: "mina" }) }, now_ms: 0 });
const sent = () => liveState().outbox.filter(({ frame }) => frame.t === "cmd" && frame.c.kind === "agent_ends");

describe("ending a conversation", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    resetLive();
    show("connected");
  });
  afterEach(() => vi.useRealTimers());

  it("can be taken back for five seconds", () => {
    scheduleEnding("c1");
    vi.advanceTimersByTime(GRACE_MS - 1);
    cancelEnding("c1");
    vi.advanceTimersByTime(GRACE_MS);
    expect([isEnding("c1"), sent()]).toEqual([false, []]);
  });

  it("is sent once, and goes on ending until the conversation has ended", () => {
    scheduleEnding("c1");
    vi.advanceTimersByTime(GRACE_MS);
    sendEndingNow("c1");
    expect([isEnding("c1"), sent().length]).toEqual([true, 1]);
    show("ended");
    expect(isEnding("c1")).toBe(false);
  });

  it("gives the conversation back when the server refuses", () => {
    scheduleEnding("c1");
    sendEndingNow("c1");
    const cid = sent()[0]?.cid ?? "";
    const refusal = { code: "not_allowed", text: "No.", fix: "Ask.", details: {} };
    dispatch({ type: "frame", frame: { t: "error", cid, ...refusal }, now_ms: 0 });
    vi.advanceTimersByTime(REFUSED_AFTER_MS);
    expect(isEnding("c1")).toBe(false);
  });
});
