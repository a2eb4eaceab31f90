import { describe, expect, it } from "vitest";
import { type Call, QUIET_CALL } from "@/live/calls";
import { card, ME } from "@/live/fixtures";
import type { Card } from "@/live/protocol";
import { emptyState, type LiveState } from "@/live/state";
import { planAudio } from "./plan";
import { type Leg, type LegPhase, type Legs, reduceLegs } from "./state";

const OFFER = { id: "o1", expires_at: "2026-11-20T09:05:20Z", agent_id: "mina" };
const RINGS: Partial<Card> = { status: "offered", channel: "voice", agent_id: null, offer: OFFER };
const CALL: Partial<Card> = { channel: "voice" };
const never = () => false;

function desk(change: Partial<Card>, call?: Partial<Call>): LiveState {
  const only = card(change);
  return {
    ...emptyState(),
    connection: "live",
    me: ME,
    mine: [only.id],
    cards: { [only.id]: only },
    calls: call ? { [only.id]: { ...QUIET_CALL, ...call } } : {},
  };
}

function leg(phase: LegPhase, change: Partial<Leg> = {}): Legs {
  const opened = reduceLegs({}, { do: "open", contact: "c1", role: "own", mode: "talk", again: false });
  const before = opened.c1;
  return before ? { c1: { ...before, phase, ...change } } : {};
}

describe("my audio", () => {
  it("is readied while a call rings here, and not for a chat", () => {
    expect(planAudio(desk(RINGS), {}, true, never)).toEqual([{ do: "prepare", contact: "c1" }]);
    expect(planAudio(desk({ ...RINGS, channel: "webchat" }), {}, true, never)).toEqual([]);
  });

  it("joins as soon as the accepted call is mine, and says when this window was in it before", () => {
    expect(planAudio(desk(CALL), leg("ready"), true, never)).toEqual([
      { do: "join", contact: "c1", again: false },
    ]);
    expect(planAudio(desk(CALL), {}, true, (id) => id === "c1")).toEqual([
      { do: "join", contact: "c1", again: true },
    ]);
  });

  it("joins a chat in which the customer calls", () => {
    expect(planAudio(desk({}), {}, true, never)).toEqual([]);
    expect(planAudio(desk({}, { state: "waiting" }), {}, true, never)).toMatchObject([{ do: "join" }]);
  });

  it("waits for the socket before it asks anything", () => {
    expect(planAudio({ ...desk(CALL), connection: "offline" }, {}, true, never)).toEqual([]);
  });

  it("stays away from the desk phone's calls", () => {
    expect(planAudio(desk(CALL), {}, false, never)).toEqual([]);
  });

  it("lets go when somebody else took the offer, and when the call is over", () => {
    const taken = { ...desk(RINGS), mine: [] };
    expect(planAudio(taken, leg("ready"), true, never)).toEqual([{ do: "close", contact: "c1" }]);
    const over = desk(CALL, { state: "ended" });
    expect(planAudio(over, leg("up"), true, never)).toEqual([{ do: "close", contact: "c1" }]);
  });

  it("keeps what was readied between the press of accept and the server's word", () => {
    const accepted: LiveState = {
      ...desk({ ...CALL, status: "offered", agent_id: null, offer: null }),
      outbox: [
        {
          cid: "a1",
          contact: "c1",
          frame: { t: "cmd", cid: "a1", contact: "c1", c: { kind: "accept_offer", offer_id: "o1" } },
          queued_at_ms: 0,
          acked: false,
          refusal: null,
        },
      ],
    };
    expect(planAudio(accepted, leg("ready"), true, never)).toEqual([]);
  });

  it("does nothing by itself about what the agent left or has to mend", () => {
    for (const phase of ["left", "failed", "elsewhere", "lost", "joining", "up"] as const) {
      expect(planAudio(desk(CALL), leg(phase), true, never)).toEqual([]);
    }
  });

  it("makes a call I was asked into mine when it is handed over", () => {
    const steps = planAudio(desk(CALL), leg("up", { role: "consult" }), true, never);
    expect(steps).toEqual([{ do: "adopt", contact: "c1", role: "own" }]);
  });

  it("leaves a consultation when I was let go, and a supervised call when it ends", () => {
    const other = { ...CALL, agent_id: "yuki" };
    const gone = desk(other, {
      parties: [{ id: "p2", kind: "agent", name: "박민아", agent_id: "mina", state: "gone" }],
    });
    expect(planAudio(gone, leg("up", { role: "consult" }), true, never)).toMatchObject([{ do: "close" }]);
    const ended = desk(other, { state: "ended" });
    expect(planAudio(ended, leg("up", { role: "supervise" }), true, never)).toMatchObject([{ do: "close" }]);
  });
});

describe("a leg", () => {
  it("stays muted over a loss, counts losses in a row, and forgets them once it is up", () => {
    let legs = reduceLegs(leg("up"), { do: "mute", contact: "c1", muted: true });
    legs = reduceLegs(legs, { do: "phase", contact: "c1", phase: "lost" });
    legs = reduceLegs(legs, { do: "phase", contact: "c1", phase: "lost" });
    legs = reduceLegs(legs, { do: "open", contact: "c1", role: "own", mode: "talk", again: false });
    expect(legs.c1).toMatchObject({ muted: true, losses: 2, again: true });
    expect(reduceLegs(legs, { do: "phase", contact: "c1", phase: "up" }).c1).toMatchObject({ losses: 0 });
  });

  it("is forgotten when it is closed, and changes nothing that is not there", () => {
    expect(reduceLegs(leg("up"), { do: "close", contact: "c1" })).toEqual({});
    const none: Legs = {};
    expect(reduceLegs(none, { do: "mute", contact: "c1", muted: true })).toBe(none);
  });
});
