import { describe, expect, it } from "vitest";
import { isOwnCall } from "./calls";
import { card, ME, says, story } from "./fixtures";
import { commandFrame } from "./outbox";
import type { ServerFrame } from "./protocol";
import { unreadOf } from "./selectors";
import { emptyState, type LiveState, mergeEvents, reduce, type Thread } from "./state";

const NOW_MS = Date.parse("2026-11-20T09:05:00Z");

function receive(state: LiveState, ...frames: ServerFrame[]): LiveState {
  return frames.reduce((next, frame) => reduce(next, { type: "frame", frame, now_ms: NOW_MS }), state);
}

function welcomed(...cards: ReturnType<typeof card>[]): LiveState {
  const frame: ServerFrame = { t: "welcome", me: ME, contacts: cards, queues: [], now: "2026-11-20T09:05:03Z" };
  return receive(emptyState(), frame);
}

const event = (seq: number, text: string): ServerFrame => {
  const [stored] = story([says("customer", text)], seq);
  if (!stored) throw new Error("no event");
  return { t: "event", contact: "c1", ...stored };
};

describe("the desk's live state", () => {
  it("takes its clock from the server", () => {
    expect(welcomed().clock_offset_ms).toBe(3000);
  });

  it("adds a customer's words in order and ignores a doubled event", () => {
    const state = receive(welcomed(card()), event(1, "안녕하세요"), event(2, "배송이요"), event(2, "배송이요"));
    expect(state.threads.c1?.events.map((each) => each.seq)).toEqual([1, 2]);
    expect(state.threads.c1?.behind).toBe(false);
  });

  it("notices a hole, and is whole again when the missing event comes", () => {
    const holed = receive(welcomed(card()), event(1, "하나"), event(3, "셋"));
    expect(holed.threads.c1).toMatchObject({ seq: 1, behind: true });
    const whole = receive(holed, { t: "history", contact: "c1", events: story([says("customer", "둘")], 2) });
    expect(whole.threads.c1).toMatchObject({ seq: 3, behind: false });
    expect(whole.threads.c1?.events.map((each) => each.seq)).toEqual([1, 2, 3]);
  });

  it("knows it is behind when a card speaks of more than has arrived", () => {
    expect(welcomed(card({ seq: 4 })).threads.c1?.behind).toBe(true);
  });

  it("holds exactly the contacts of the newest welcome", () => {
    const state = receive(welcomed(card(), card({ id: "c2" })), {
      t: "welcome",
      me: ME,
      contacts: [card({ id: "c2" })],
      queues: [],
      now: "2026-11-20T09:05:00Z",
    });
    expect(state.mine).toEqual(["c2"]);
  });

  it("rings at everybody who is asked at the same time", () => {
    const offer = { id: "o1", expires_at: "2026-11-20T09:05:20Z", agent_id: "yuki", also: [ME.id] };
    const state = receive(welcomed(), { t: "card", card: card({ status: "offered", agent_id: null, offer }) });
    expect(state.mine).toEqual(["c1"]);
    const passed = { ...offer, also: [] };
    const without = receive(welcomed(), {
      t: "card",
      card: card({ status: "offered", agent_id: null, offer: passed }),
    });
    expect(without.mine).toEqual([]);
  });

  it("makes an offered contact mine, keeps it through wrap-up, and lets it go when told", () => {
    const offer = { id: "o1", expires_at: "2026-11-20T09:05:20Z", agent_id: "mina" };
    const offered = receive(welcomed(), { t: "card", card: card({ status: "offered", agent_id: null, offer }) });
    expect(offered.mine).toEqual(["c1"]);
    const wrapping = receive(offered, {
      t: "card",
      card: card({ status: "ended", agent_id: null, wrap_up: { due_at: null } }),
    });
    expect(wrapping.mine).toEqual(["c1"]);
    expect(receive(wrapping, { t: "gone", contact: "c1" }).mine).toEqual([]);
  });

  it("does not take somebody else's contact for mine", () => {
    expect(receive(welcomed(), { t: "card", card: card({ agent_id: "yuki" }) }).mine).toEqual([]);
  });

  it("shows that the customer types until their words arrive", () => {
    const typing = receive(welcomed(card()), { t: "typing", contact: "c1", on: true, author: "customer" });
    expect(typing.typing.c1).toBe(NOW_MS + 6000);
    expect(receive(typing, event(1, "네")).typing.c1).toBeUndefined();
    expect(receive(welcomed(), { t: "typing", contact: "c1", on: true, author: "agent" }).typing).toEqual({});
  });

  it("replaces my words on their way by the committed ones", () => {
    const cid = "m1";
    const sent = reduce(welcomed(card()), {
      type: "queued",
      outgoing: {
        cid,
        contact: "c1",
        frame: commandFrame(cid, "c1", { kind: "agent_message", text: "네" }),
        queued_at_ms: NOW_MS,
        acked: false,
        refusal: null,
      },
    });
    const [stored] = story([says("agent", "네", cid)]);
    if (!stored) throw new Error("no event");
    expect(receive(sent, { t: "ack", cid, seq: 1 }, { t: "event", contact: "c1", ...stored }).outbox).toEqual([]);
  });

  it("keeps the same value when nothing changed", () => {
    const state = reduce(welcomed(card()), { type: "seen", contact: "c1", seq: 3 });
    expect(reduce(state, { type: "seen", contact: "c1", seq: 2 })).toBe(state);
    expect(reduce(state, { type: "connection", connection: state.connection })).toBe(state);
  });
});

describe("calls in the desk's live state", () => {
  it("are told whole, and what a server leaves out counts as nothing special", () => {
    const told = { t: "call", contact: "c1", call: { state: "talking" } } as unknown as ServerFrame;
    const state = receive(welcomed(card({ channel: "voice" })), told);
    expect(state.calls.c1).toMatchObject({ state: "talking", parties: [], recording: { state: "off" } });
    expect(isOwnCall(state, "c1")).toBe(true);
    expect(receive(state, { t: "gone", contact: "c1" }).calls).toEqual({});
  });

  it("ring once for each colleague who asks, until they do no more", () => {
    const ring = { contact: "c9", from: { agent_id: "yuki", name: "유키" }, customer: { id: "p9", name: null } };
    const rings = receive(welcomed(), { t: "call_ring", ...ring }, { t: "call_ring", ...ring });
    expect(rings.rings).toEqual([ring]);
    expect(receive(rings, { t: "call_unring", contact: "c9" }).rings).toEqual([]);
  });

  it("tell the refusal of a join where it was asked, and every other one over the screen", () => {
    const refusal = { code: "call.not_yours", text: "no", fix: "" };
    expect(receive(welcomed(), { t: "error", cid: "own-1", ...refusal }).refusal).toBeNull();
    expect(receive(welcomed(), { t: "error", cid: "1", ...refusal }).refusal).toMatchObject(refusal);
  });
});

describe("unread messages", () => {
  it("are the customer's words after what I saw or said", () => {
    const events = story([
      says("customer", "하나"),
      says("agent", "네"),
      says("customer", "둘"),
      says("customer", "셋"),
    ]);
    const state = receive(welcomed(card()), { t: "history", contact: "c1", events });
    expect(unreadOf(state, "c1")).toBe(2);
    expect(unreadOf(reduce(state, { type: "seen", contact: "c1", seq: 3 }), "c1")).toBe(1);
  });
});

describe("merging events", () => {
  it("gives the same thread whatever the order of arrival", () => {
    const events = story(Array.from({ length: 12 }, (_, index) => says("customer", `${index}`)));
    const empty: Thread = { events: [], seq: 0, behind: false };
    const forward = mergeEvents(empty, events);
    const backward = [...events].reverse().reduce((thread, each) => mergeEvents(thread, [each]), empty);
    expect(backward).toEqual(forward);
  });
});
