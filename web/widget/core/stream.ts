/** Puts a contact's events into the thread: in order, each once, and nothing skipped. */

import type { ContactState, Stored, VisibleEvent } from "../protocol";
import type { State, ThreadItem } from "./state";

const HELD_MAX = 500;

/** Apply live events; one that shows a hole waits until `resume` has been answered. */
export function absorb(state: State, events: readonly Stored[]): State {
  return events.reduce((now, event) => {
    if (event.seq <= now.seq) return now;
    if (now.resuming || (event.prev ?? 0) > now.seq) {
      const held = [...now.held, event].slice(-HELD_MAX);
      return {
        ...now,
        held,
        resuming: true,
        connection: now.connection === "live" ? "catching_up" : now.connection,
      };
    }
    return apply(now, event);
  }, state);
}

/** Apply the answer to `hello`, `start` or `resume`, which is complete, then what was held back meanwhile. */
export function catchUp(state: State, events: readonly Stored[]): State {
  const caughtUp = [...events]
    .sort((a, b) => a.seq - b.seq)
    .reduce((now, event) => (event.seq <= now.seq ? now : apply(now, event)), state);
  const { held } = caughtUp;
  const connection = caughtUp.connection === "catching_up" ? "live" : caughtUp.connection;
  const whole: State = { ...caughtUp, held: [], resuming: false, connection };
  // A server that has nothing more to tell will not fill the hole next time either: show what there is.
  if (held.length > 0 && caughtUp.seq === state.seq) return catchUp(whole, held);
  return absorb(whole, held);
}

function apply(state: State, event: Stored): State {
  const contact = state.contact;
  if (contact === null) return state;
  const item: ThreadItem = { contact: contact.id, seq: event.seq, at: event.at, e: event.e };
  const next: State = { ...state, seq: event.seq, items: [...state.items, item] };
  return { ...next, ...consequence(next, contact, event) };
}

function consequence(state: State, contact: ContactState, event: Stored): Partial<State> {
  const e: VisibleEvent = event.e;
  switch (e.kind) {
    case "message_sent":
      if (e.author === "customer") {
        return { outbox: state.outbox.filter((item) => item.cid !== e.client_id && item.ackSeq !== event.seq) };
      }
      return { typing: null };
    case "contact_queued":
      return { contact: { ...contact, status: "queued", agent: null }, onHold: false, typing: null };
    case "agent_joined":
      return {
        contact: { ...contact, status: "connected", agent: { name: e.agent_name } },
        queue: null,
        onHold: false,
        typing: null,
      };
    case "agent_left":
      return {
        contact: { ...contact, status: e.why === "ended" ? "survey" : "queued", agent: null },
        onHold: false,
        typing: null,
      };
    case "customer_held":
      return { onHold: true };
    case "customer_resumed":
      return { onHold: false };
    case "callback_promised":
    case "callback_moved":
      return { contact: { ...contact, status: "callback", agent: null }, queue: null, onHold: false };
    case "locale_changed":
      return {
        contact: { ...contact, locale: e.locale },
        locale: state.localeChosen ? state.locale : e.locale,
        localeChosen: state.localeChosen && state.locale !== e.locale,
      };
    case "contact_ended":
      return {
        contact: { ...contact, status: "ended", agent: null },
        queue: null,
        typing: null,
        onHold: false,
        ending: false,
        // What had not arrived by now never will; its writer may send it into a new contact.
        outbox: state.outbox.map((item) => (item.ackSeq === null ? { ...item, refused: "contact.ended" } : item)),
      };
    case "contact_opened":
    case "identity_verified":
    case "callback_closed":
    case "call_started":
    case "call_answered":
    case "call_ended":
    case "recording_started":
    case "recording_paused":
    case "recording_resumed":
    case "recording_ended":
      return {};
  }
}
