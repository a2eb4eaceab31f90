/** Everything the desk knows, as one value; and how each frame changes it. Pure. */
import type { RefusalBody } from "@/api/client";
import { type Call, type CallRing, QUIET_CALL } from "./calls";
import type { StoredEvent } from "./events";
import { acknowledge, type Outbox, type Outgoing, refuse, settle } from "./outbox";
import {
  type Board,
  type Card,
  type Me,
  type PauseReason,
  type QueueName,
  type ServerFrame,
  TOLD_ELSEWHERE,
} from "./protocol";

export type Connection = "connecting" | "catching_up" | "live" | "offline";

export interface Thread {
  events: readonly StoredEvent[];
  /** Last `seq` without a hole before it. */
  seq: number;
  /** An event after a hole arrived, or the card says there is more: ask for what is missing. */
  behind: boolean;
}

export interface LiveState {
  connection: Connection;
  /** Server clock minus this computer's clock, in ms. */
  clock_offset_ms: number;
  me: Me | null;
  queues: readonly QueueName[];
  /** Empty: the usual ones. */
  pause_reasons: readonly PauseReason[];
  cards: Readonly<Record<string, Card>>;
  /** Contacts that are mine: offered to me, with me, or in my wrap-up. */
  mine: readonly string[];
  threads: Readonly<Record<string, Thread>>;
  /** Contact → local time in ms until which the customer counts as typing. */
  typing: Readonly<Record<string, number>>;
  /** Contact → `seq` up to which the customer has seen. */
  customer_read: Readonly<Record<string, number>>;
  /** Contact → `seq` up to which I have seen. */
  seen: Readonly<Record<string, number>>;
  outbox: Outbox;
  /** The last refusal of something that shows no place of its own. */
  refusal: (RefusalBody & { at_ms: number }) | null;
  board: Board | null;
  /** Contact → its call, as told last. */
  calls: Readonly<Record<string, Call>>;
  /** Colleagues who ask for me on a call of theirs. */
  rings: readonly CallRing[];
  /** How often we heard that messages left by telephone have changed. */
  message_news: number;
}

export type LiveAction =
  | { type: "frame"; frame: ServerFrame; now_ms: number }
  | { type: "connection"; connection: Connection }
  | { type: "queued"; outgoing: Outgoing }
  | { type: "dropped"; cid: string }
  | { type: "seen"; contact: string; seq: number }
  | { type: "forget"; contact: string };

const TYPING_MS = 6000;
const EMPTY_THREAD: Thread = { events: [], seq: 0, behind: false };

export function emptyState(outbox: Outbox = []): LiveState {
  return {
    connection: "connecting",
    clock_offset_ms: 0,
    me: null,
    queues: [],
    pause_reasons: [],
    cards: {},
    mine: [],
    threads: {},
    typing: {},
    customer_read: {},
    seen: {},
    outbox,
    refusal: null,
    board: null,
    calls: {},
    rings: [],
    message_news: 0,
  };
}

/** Merge events by `seq`; late and doubled ones do no harm. */
export function mergeEvents(thread: Thread, incoming: readonly StoredEvent[], target = 0): Thread {
  const last = thread.events.at(-1)?.seq ?? 0;
  const inOrder = incoming.every((event, index) => event.seq === last + 1 + index);
  let events: readonly StoredEvent[];
  if (inOrder) {
    events = [...thread.events, ...incoming];
  } else {
    const bySeq = new Map(thread.events.map((event) => [event.seq, event]));
    for (const event of incoming) bySeq.set(event.seq, event);
    events = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  }
  let seq = thread.seq;
  for (const event of events) if (event.seq === seq + 1) seq = event.seq;
  return { events, seq, behind: (events.at(-1)?.seq ?? 0) > seq || target > seq };
}

function without<V>(record: Readonly<Record<string, V>>, key: string): Readonly<Record<string, V>> {
  if (!(key in record)) return record;
  const { [key]: _gone, ...rest } = record;
  return rest;
}

function addEvents(state: LiveState, contact: string, events: readonly StoredEvent[]): LiveState {
  const before = state.threads[contact] ?? EMPTY_THREAD;
  const thread = mergeEvents(before, events);
  const speaks = events.some(({ e }) => e.kind === "message_sent" && e.author === "customer");
  return {
    ...state,
    threads: { ...state.threads, [contact]: thread },
    outbox: settle(state.outbox, contact, events),
    typing: speaks ? without(state.typing, contact) : state.typing,
  };
}

function addCard(state: LiveState, card: Card, mine: boolean): LiveState {
  const thread = state.threads[card.id] ?? EMPTY_THREAD;
  const behind = thread.behind || card.seq > thread.seq;
  return {
    ...state,
    cards: { ...state.cards, [card.id]: card },
    mine: mine && !state.mine.includes(card.id) ? [...state.mine, card.id] : state.mine,
    threads: thread.behind === behind ? state.threads : { ...state.threads, [card.id]: { ...thread, behind } },
  };
}

/** Whether a card is this agent's business: offered to, held by, or being wrapped up by them. */
function isMine(state: LiveState, card: Card): boolean {
  const me = state.me?.id;
  if (!me) return false;
  if (card.offer) return card.offer.agent_id === me || Boolean(card.offer.also?.includes(me));
  return card.agent_id === me || (card.wrap_up !== null && state.mine.includes(card.id));
}

function ringsWithout(state: LiveState, contact: string): readonly CallRing[] {
  return state.rings.filter((ring) => ring.contact !== contact);
}

function onFrame(state: LiveState, frame: ServerFrame, now_ms: number): LiveState {
  switch (frame.t) {
    case "welcome": {
      const fresh: LiveState = {
        ...state,
        me: frame.me,
        queues: frame.queues,
        pause_reasons: frame.pause_reasons ?? [],
        mine: [],
        // Who rings us now says so again after every welcome.
        rings: [],
        clock_offset_ms: Date.parse(frame.now) - now_ms,
      };
      return frame.contacts.reduce((next, card) => addCard(next, card, true), fresh);
    }
    case "event":
      return addEvents(state, frame.contact, [{ seq: frame.seq, at: frame.at, e: frame.e }]);
    case "history":
      return addEvents(state, frame.contact, frame.events);
    case "card":
      return addCard(state, frame.card, isMine(state, frame.card));
    case "gone":
      return {
        ...state,
        mine: state.mine.filter((id) => id !== frame.contact),
        calls: without(state.calls, frame.contact),
      };
    case "me":
      return { ...state, me: frame.me };
    case "ack":
      return { ...state, outbox: acknowledge(state.outbox, frame.cid) };
    case "error": {
      const { t: _t, cid, ...refusal } = frame;
      if (cid?.startsWith(TOLD_ELSEWHERE)) return state;
      return {
        ...state,
        outbox: cid ? refuse(state.outbox, cid, refusal) : state.outbox,
        refusal: { ...refusal, at_ms: now_ms },
      };
    }
    case "typing":
      if (frame.author !== "customer") return state;
      return {
        ...state,
        typing: frame.on
          ? { ...state.typing, [frame.contact]: now_ms + TYPING_MS }
          : without(state.typing, frame.contact),
      };
    case "read":
      return { ...state, customer_read: { ...state.customer_read, [frame.contact]: frame.seq } };
    case "board":
      return { ...state, board: frame.board };
    case "pong":
      return { ...state, clock_offset_ms: Date.parse(frame.now) - now_ms };
    case "call":
      return { ...state, calls: { ...state.calls, [frame.contact]: { ...QUIET_CALL, ...frame.call } } };
    case "call_ring": {
      const { t: _t, ...ring } = frame;
      return { ...state, rings: [...ringsWithout(state, frame.contact), ring] };
    }
    case "call_unring":
      return { ...state, rings: ringsWithout(state, frame.contact) };
    case "messages":
      return { ...state, message_news: state.message_news + 1 };
    case "call_answer":
    case "guide":
    case "bye":
      return state;
  }
}

export function reduce(state: LiveState, action: LiveAction): LiveState {
  switch (action.type) {
    case "frame":
      return onFrame(state, action.frame, action.now_ms);
    case "connection":
      return state.connection === action.connection ? state : { ...state, connection: action.connection };
    case "queued":
      return { ...state, outbox: [...state.outbox, action.outgoing] };
    case "dropped":
      return { ...state, outbox: state.outbox.filter((each) => each.cid !== action.cid) };
    case "seen":
      if ((state.seen[action.contact] ?? 0) >= action.seq) return state;
      return { ...state, seen: { ...state.seen, [action.contact]: action.seq } };
    case "forget":
      if (state.mine.includes(action.contact)) return state;
      return {
        ...state,
        cards: without(state.cards, action.contact),
        threads: without(state.threads, action.contact),
        calls: without(state.calls, action.contact),
      };
  }
}
