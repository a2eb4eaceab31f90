/** The panel's one transition function: state and action in, state out; no clock, no socket, no storage. */

import type { Attachment, Locale, ServerFrame } from "../protocol";
import { type Connection, initialState, type OutboxItem, type State } from "./state";
import { absorb, catchUp } from "./stream";

export type Action =
  | { do: "connection"; connection: Connection }
  | { do: "frame"; frame: ServerFrame }
  | { do: "start"; cid: string; attributes: Record<string, string> }
  | {
      do: "say";
      cid: string;
      at: string;
      text: string;
      value?: string | null;
      attachments?: Attachment[];
      secret?: boolean;
      fields?: Record<string, string>;
    }
  | { do: "sent"; cid: string; nowMs: number }
  | { do: "retry"; cid: string }
  | { do: "discard"; cid: string }
  | { do: "locale"; locale: Locale }
  | { do: "call"; cid: string }
  | { do: "called" }
  | { do: "end" }
  | { do: "read"; seq: number }
  | { do: "dismiss" };

/** Refusals of pace, not of content: the same message goes out again a little later. */
const TOO_MANY = /(^|\.)too_many$/;

/** Everything about this visitor was deleted, on their wish. */
const ERASED = "erased";

export function reduce(state: State, action: Action): State {
  switch (action.do) {
    case "connection":
      return connectionChanged(state, action.connection);
    case "frame":
      return frameArrived(state, action.frame);
    case "start":
      return { ...state, starting: { cid: action.cid, attributes: action.attributes }, refusal: null };
    case "say":
      return { ...state, outbox: [...state.outbox, newItem(state, action)], refusal: null };
    case "sent":
      return mapItem(state, action.cid, (item) => ({ ...item, sentAtMs: action.nowMs }));
    case "retry":
      return mapItem(state, action.cid, (item) => ({
        ...item,
        refused: null,
        sentAtMs: 0,
        contact: state.contact && state.contact.status !== "ended" ? state.contact.id : null,
      }));
    case "discard":
      return { ...state, outbox: state.outbox.filter((item) => item.cid !== action.cid) };
    case "locale":
      return { ...state, locale: action.locale, localeChosen: true };
    case "call":
      return { ...state, calling: { cid: action.cid, refused: null } };
    case "called":
      return { ...state, calling: null };
    case "end":
      return { ...state, ending: true };
    case "read":
      return action.seq > state.readSeq ? { ...state, readSeq: action.seq } : state;
    case "dismiss":
      return { ...state, refusal: null };
  }
}

function newItem(state: State, action: Extract<Action, { do: "say" }>): OutboxItem {
  return {
    cid: action.cid,
    contact: state.contact?.id ?? null,
    text: action.text,
    value: action.value ?? null,
    attachments: action.attachments ?? [],
    secret: action.secret ?? false,
    fields: action.fields,
    at: action.at,
    sentAtMs: 0,
    ackSeq: null,
    refused: null,
  };
}

function mapItem(state: State, cid: string, change: (item: OutboxItem) => OutboxItem): State {
  return { ...state, outbox: state.outbox.map((item) => (item.cid === cid ? change(item) : item)) };
}

function connectionChanged(state: State, connection: Connection): State {
  if (connection === "live" || connection === "catching_up") return { ...state, connection };
  // Nothing on the old connection counts as on the wire any more, and nobody is seen typing through a dead one.
  return {
    ...state,
    connection,
    typing: null,
    resuming: false,
    held: [],
    outbox: state.outbox.map((item) => (item.sentAtMs === 0 ? item : { ...item, sentAtMs: 0 })),
  };
}

function frameArrived(state: State, frame: ServerFrame): State {
  switch (frame.t) {
    case "welcome":
      return welcomed(state, frame);
    case "opened":
      return opened(state, frame);
    case "event":
      return frame.contact === state.contact?.id ? absorb(state, [frame]) : state;
    case "events":
      return frame.contact === state.contact?.id ? catchUp(state, frame.events) : state;
    case "call_times":
      return { ...state, callTimes: { offered: frame.offered, starts: frame.starts } };
    case "ack":
      if (frame.cid === state.calling?.cid) return { ...state, calling: null };
      return mapItem(state, frame.cid, (item) => ({ ...item, ackSeq: frame.seq, refused: null }));
    case "call": {
      const { t: _t, ...phone } = frame;
      return { ...state, phone };
    }
    case "call_answer":
      return calledIn(state, frame.contact);
    case "typing":
      return { ...state, typing: frame.on ? frame.author : null };
    case "read":
      return frame.seq > state.seenByAgent ? { ...state, seenByAgent: frame.seq } : state;
    case "queue":
      return { ...state, queue: { position: frame.position, wait: waitOf(frame.low_s, frame.high_s) } };
    case "error":
      return refused(state, frame);
    case "bye":
    case "pong":
      return state;
  }
}

function welcomed(state: State, frame: Extract<ServerFrame, { t: "welcome" }>): State {
  const next: State = { ...state, visitor: frame.visitor, settings: frame.settings, connection: "live" };
  if (frame.contact !== null) return joined(next, frame.contact, frame.events);
  // The server no longer knows our contact. What was on its way into it cannot silently join another one.
  return {
    ...next,
    contact: state.contact && { ...state.contact, status: "ended", agent: null },
    outbox: state.outbox.map((item) =>
      item.contact === null || item.ackSeq !== null ? item : { ...item, refused: item.refused ?? "contact.ended" },
    ),
    queue: null,
    ending: false,
  };
}

function opened(state: State, frame: Extract<ServerFrame, { t: "opened" }>): State {
  if (state.starting?.cid !== frame.cid && state.contact?.id === frame.contact.id)
    return absorb(state, frame.events);
  return joined(state, frame.contact, frame.events);
}

/** A call without an open contact has opened one; what happened in it so far is asked for. */
function calledIn(state: State, id: string): State {
  if (state.contact?.id === id) return state;
  return joined(state, { id, status: "journey", locale: state.locale, agent: null }, []);
}

/** Take `contact` as the current one and apply what happened in it. */
function joined(state: State, contact: NonNullable<State["contact"]>, events: State["held"]): State {
  const same = state.contact?.id === contact.id;
  const over = contact.status === "ended";
  const base: State = {
    ...state,
    contact,
    // A contact that is over does not answer the wish for a new one.
    starting: over ? state.starting : null,
    returning: false,
    seq: same ? state.seq : 0,
    readSeq: same ? state.readSeq : 0,
    seenByAgent: same ? state.seenByAgent : 0,
    onHold: same && state.onHold,
    ending: same && state.ending && !over,
    queue: contact.status === "queued" || contact.status === "offered" ? state.queue : null,
    outbox: over ? state.outbox : bind(state.outbox, contact.id),
  };
  // Events replay what led here; where the contact stands now is what the server says it is.
  const done = catchUp(base, events);
  if (done.localeChosen && contact.locale !== done.locale) return { ...done, contact };
  return { ...done, contact, locale: contact.locale, localeChosen: false };
}

/** Bind unsent messages to `contact`; those written for another contact are given back to the customer. */
function bind(outbox: OutboxItem[], contact: string): OutboxItem[] {
  return outbox
    .filter((item) => item.ackSeq === null || item.contact === contact)
    .map((item) => {
      if (item.contact === contact) return item;
      if (item.contact === null) return { ...item, contact };
      return { ...item, refused: item.refused ?? "contact.ended" };
    });
}

/**
 * The customer had everything about them deleted: nothing of it is kept here either.
 *
 * Their wish for a conversation stays, once; the next hello is a stranger's.
 */
function forgotten(state: State, starting: NonNullable<State["starting"]>): State {
  const written = state.outbox.filter((item) => item.contact === null);
  return {
    ...initialState(state.locale, null, written, false),
    connection: state.connection,
    settings: state.settings,
    localeChosen: state.localeChosen,
    starting: { ...starting, anew: true },
  };
}

function refused(state: State, frame: Extract<ServerFrame, { t: "error" }>): State {
  const refusal = { code: frame.code, text: frame.text, fix: frame.fix };
  if (frame.cid && frame.cid === state.calling?.cid)
    return { ...state, calling: { ...state.calling, refused: frame.code } };
  if (frame.cid && state.outbox.some((item) => item.cid === frame.cid)) {
    return mapItem(state, frame.cid, (item) => ({
      ...item,
      sentAtMs: TOO_MANY.test(frame.code) ? item.sentAtMs : 0,
      refused: TOO_MANY.test(frame.code) ? null : frame.code,
    }));
  }
  if (frame.cid && frame.cid === state.starting?.cid) {
    if (frame.code === ERASED && state.visitor !== null && !state.starting.anew)
      return forgotten(state, state.starting);
    return { ...state, starting: null, refusal };
  }
  return { ...state, refusal, ending: false, resuming: false };
}

function waitOf(lowS: number | null, highS: number | null): { lowS: number; highS: number } | null {
  return lowS === null || highS === null ? null : { lowS, highS };
}
