import { describe, expect, it } from "vitest";
import type { ContactState, ServerFrame, Settings, Stored } from "../protocol";
import { type Action, reduce } from "./reduce";
import { initialState, isStars, openQuestion, type State, unread } from "./state";

const settings: Settings = {
  name: "Onda",
  colour: "#8a3b12",
  greeting: "",
  locales: ["ko", "ja", "en"],
  upload_max_bytes: 1,
};
const contact: ContactState = { id: "c1", status: "journey", locale: "ko", agent: null };

const bot = (seq: number, prev: number, more: object = {}): Stored => ({
  seq,
  prev,
  at: "2026-11-21T00:00:00Z",
  e: { kind: "message_sent", author: "bot", text: `bot ${seq}`, ...more },
});
const mine = (seq: number, prev: number, cid: string): Stored => ({
  seq,
  prev,
  at: "2026-11-21T00:00:00Z",
  e: { kind: "message_sent", author: "customer", text: "hi", client_id: cid },
});
const event = (stored: Stored): ServerFrame => ({ t: "event", contact: "c1", ...stored });
const welcome = (events: Stored[], where: ContactState | null = contact): ServerFrame => ({
  t: "welcome",
  visitor: "v",
  settings,
  contact: where,
  seq: 0,
  events,
});
const frame = (each: ServerFrame): Action => ({ do: "frame", frame: each });
const say = (cid: string): Action => ({ do: "say", cid, at: "2026-11-21T00:00:01Z", text: "hi" });
const play = (...actions: Action[]): State => actions.reduce(reduce, initialState("ko", null, [], false));
const texts = (state: State) => state.items.map((item) => item.seq);

describe("a customer's stream", () => {
  it("shows each event once, whatever arrives twice", () => {
    const state = play(
      frame(welcome([bot(2, 0)])),
      frame(event(bot(2, 0))),
      frame(event(bot(4, 2))),
      frame(event(bot(4, 2))),
    );
    expect(texts(state)).toEqual([2, 4]);
  });

  it("does not mistake the numbers of hidden events for a hole", () => {
    const state = play(frame(welcome([bot(2, 0)])), frame(event(bot(9, 2))));
    expect([texts(state), state.resuming]).toEqual([[2, 9], false]);
  });

  it("holds back what comes after a hole until the hole is filled, in order", () => {
    const torn = play(frame(welcome([bot(2, 0)])), frame(event(bot(6, 4))), frame(event(bot(8, 6))));
    expect([texts(torn), torn.resuming, torn.connection]).toEqual([[2], true, "catching_up"]);
    const whole = reduce(torn, frame({ t: "events", contact: "c1", events: [bot(4, 2), bot(6, 4)] }));
    expect([texts(whole), whole.resuming, whole.connection]).toEqual([[2, 4, 6, 8], false, "live"]);
  });

  it("asks again when the answer still leaves a hole", () => {
    const torn = play(frame(welcome([bot(2, 0)])), frame(event(bot(9, 8))));
    const still = reduce(torn, frame({ t: "events", contact: "c1", events: [bot(4, 2)] }));
    expect([texts(still), still.resuming, still.held.length]).toEqual([[2, 4], true, 1]);
  });

  it("shows what it has when the server has nothing to fill the hole with", () => {
    const torn = play(frame(welcome([bot(2, 0)])), frame(event(bot(9, 8))));
    const shown = reduce(torn, frame({ t: "events", contact: "c1", events: [] }));
    expect([texts(shown), shown.resuming]).toEqual([[2, 9], false]);
  });

  it("goes on where it was after a reconnect", () => {
    const before = play(frame(welcome([bot(2, 0), bot(4, 2)])), { do: "connection", connection: "retrying" });
    const after = reduce(before, frame(welcome([bot(6, 4)])));
    expect([texts(after), after.connection]).toEqual([[2, 4, 6], "live"]);
  });

  it("ignores what belongs to another contact", () => {
    const state = play(frame(welcome([bot(2, 0)])), frame({ t: "event", contact: "other", ...bot(3, 2) }));
    expect(texts(state)).toEqual([2]);
  });
});

describe("a customer's message", () => {
  it("is on its way, then confirmed, then part of the thread: never twice", () => {
    const sent = play(frame(welcome([])), say("a"), { do: "sent", cid: "a", nowMs: 5 });
    expect(sent.outbox[0]).toMatchObject({ contact: "c1", sentAtMs: 5, ackSeq: null });
    const confirmed = reduce(sent, frame({ t: "ack", cid: "a", seq: 3 }));
    expect(confirmed.outbox[0]?.ackSeq).toBe(3);
    const shown = reduce(confirmed, frame(event(mine(3, 0, "a"))));
    expect([shown.outbox.length, texts(shown)]).toEqual([0, [3]]);
  });

  it("leaves the outbox when the event comes before the confirmation, or instead of it", () => {
    expect(play(frame(welcome([])), say("a"), frame(event(mine(3, 0, "a")))).outbox).toEqual([]);
  });

  it("counts as not sent after the connection is lost, so that it goes out again under the same id", () => {
    const lost = play(
      frame(welcome([])),
      say("a"),
      { do: "sent", cid: "a", nowMs: 5 },
      { do: "connection", connection: "retrying" },
    );
    expect(lost.outbox[0]).toMatchObject({ cid: "a", sentAtMs: 0 });
  });

  it("written before the contact opened belongs to the contact that opens", () => {
    const state = play(
      frame(welcome([], null)),
      { do: "start", cid: "s", attributes: {} },
      say("a"),
      frame({ t: "opened", cid: "s", contact, seq: 1, events: [] }),
    );
    expect([state.outbox[0]?.contact, state.starting]).toEqual(["c1", null]);
  });

  it("is given back when its contact ended meanwhile, and can be sent in a new one", () => {
    const ended = play(
      frame(welcome([])),
      say("a"),
      { do: "connection", connection: "retrying" },
      frame(welcome([], null)),
    );
    expect(ended.outbox[0]?.refused).toBe("contact.ended");
    const again = reduce(ended, { do: "retry", cid: "a" });
    expect(again.outbox[0]).toMatchObject({ refused: null, contact: null });
  });

  it("waits for the new contact although the server first tells about the one that ended", () => {
    const over = { ...contact, status: "ended" } as const;
    const state = play(
      frame(welcome([], over)),
      { do: "start", cid: "s", attributes: {} },
      { do: "say", cid: "a", at: "2026-11-21T00:00:01Z", text: "hi" },
      { do: "retry", cid: "a" },
      frame(welcome([], over)),
    );
    expect([state.starting?.cid, state.outbox[0]?.contact]).toEqual(["s", null]);
  });

  it("sent too fast waits instead of failing", () => {
    const state = play(
      frame(welcome([])),
      say("a"),
      frame({ t: "error", cid: "a", code: "too_many", text: "", fix: "" }),
    );
    expect(state.outbox[0]?.refused).toBeNull();
  });

  it("that is refused says so and can be discarded", () => {
    const refused = play(
      frame(welcome([])),
      say("a"),
      frame({ t: "error", cid: "a", code: "invalid", text: "", fix: "" }),
    );
    expect(refused.outbox[0]?.refused).toBe("invalid");
    expect(reduce(refused, { do: "discard", cid: "a" }).outbox).toEqual([]);
  });
});

describe("who the customer talks to", () => {
  const at = "2026-11-21T00:00:00Z";
  const joined: Stored = { seq: 6, prev: 4, at, e: { kind: "agent_joined", agent_name: "김민아" } };

  it("moves from the line to a person, to the survey, to the end", () => {
    const queued = play(frame(welcome([])), frame(event({ seq: 4, prev: 0, at, e: { kind: "contact_queued" } })));
    expect(queued.contact?.status).toBe("queued");
    const placed = reduce(queued, frame({ t: "queue", position: 2, low_s: 60, high_s: 180 }));
    expect(placed.queue).toEqual({ position: 2, wait: { lowS: 60, highS: 180 } });
    const talking = reduce(placed, frame(event(joined)));
    expect([talking.contact?.status, talking.contact?.agent?.name, talking.queue]).toEqual([
      "connected",
      "김민아",
      null,
    ]);
    const survey = reduce(talking, frame(event({ seq: 8, prev: 6, at, e: { kind: "agent_left", why: "ended" } })));
    expect(survey.contact?.status).toBe("survey");
    const ended = reduce(survey, frame(event({ seq: 9, prev: 8, at, e: { kind: "contact_ended" } })));
    expect(ended.contact?.status).toBe("ended");
  });

  it("continues the thread when the customer comes back with the same case", () => {
    const first = play(frame(welcome([bot(2, 0), { seq: 3, prev: 2, at, e: { kind: "contact_ended" } }])));
    const second = [
      { do: "start", cid: "s", attributes: {} } as const,
      frame({ t: "opened", cid: "s", contact: { ...contact, id: "c2" }, seq: 2, events: [bot(2, 0)] }),
    ].reduce<State>(reduce, first);
    expect(second.items.map((item) => item.contact)).toEqual(["c1", "c1", "c2"]);
    expect(second.seq).toBe(2);
  });
});

describe("the open question", () => {
  const choices = [{ value: "1", label: "주문 조회" }];

  it("offers the bot's choices until something is answered", () => {
    const asked = play(frame(welcome([bot(2, 0, { quick_replies: choices })])));
    expect(openQuestion(asked)).toEqual({ seq: 2, inputKind: "choice", choices });
    expect(openQuestion(reduce(asked, say("a")))).toBeNull();
  });

  it("is drawn as stars for a rating of one to five only", () => {
    const asked = (values: string[]) => {
      const replies = values.map((value) => ({ value, label: value }));
      return openQuestion(play(frame(welcome([bot(2, 0, { quick_replies: replies, input_kind: "score" })]))));
    };
    const stars = (values: string[]) => {
      const question = asked(values);
      return question !== null && isStars(question);
    };
    expect(stars(["5", "4", "3", "2", "1"])).toBe(true);
    expect(stars(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"])).toBe(false);
  });

  it("offers none when a person has taken over", () => {
    const asked = play(
      frame(welcome([bot(2, 0, { quick_replies: choices })], { ...contact, status: "connected" })),
    );
    expect(openQuestion(asked)).toBeNull();
  });
});

describe("language", () => {
  it("follows the contact when the bot or the server changes it", () => {
    const state = play(
      frame(welcome([])),
      frame(event({ seq: 2, prev: 0, at: "2026-11-21T00:00:00Z", e: { kind: "locale_changed", locale: "ja" } })),
    );
    expect([state.locale, state.contact?.locale]).toEqual(["ja", "ja"]);
  });

  it("stays what the customer chose while offline", () => {
    const state = play(frame(welcome([])), { do: "locale", locale: "en" }, frame(welcome([])));
    expect([state.locale, state.localeChosen]).toEqual(["en", true]);
  });
});

describe("after everything about the customer was deleted", () => {
  const ended = frame(welcome([bot(2, 0)], { ...contact, status: "ended" }));
  const start: Action = { do: "start", cid: "s", attributes: { plan: "gold" } };
  const erased = frame({ t: "error", cid: "s", code: "erased", text: "", fix: "" });

  it("a new conversation is wished for as a stranger, and nothing old is kept", () => {
    const state = play(ended, start, erased);
    expect([state.visitor, state.contact, state.items, state.refusal]).toEqual([null, null, [], null]);
    expect(state.starting).toEqual({ cid: "s", attributes: { plan: "gold" }, anew: true });
    expect(state.settings).toBe(settings);
  });

  it("it is wished for only once", () => {
    const state = play(ended, start, erased, frame(welcome([], null)), erased);
    expect([state.starting, state.refusal?.code]).toEqual([null, "erased"]);
  });
});

it("counts what the customer has not looked at", () => {
  const state = play(frame(welcome([bot(2, 0), bot(4, 2)])));
  expect(unread(state)).toBe(2);
  expect(unread(reduce(state, { do: "read", seq: 4 }))).toBe(0);
});
