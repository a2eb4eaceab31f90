/** What the panel knows, as plain data. `reduce.ts` is the only place that changes it. */

import type {
  Attachment,
  Author,
  ContactState,
  FormField,
  Locale,
  PhoneCall,
  QuickReply,
  Settings,
  Stored,
  VisibleEvent,
} from "../protocol";

export type Connection =
  | "idle"
  | "connecting"
  | "live"
  | "catching_up"
  | "retrying"
  | "offline"
  | "replaced"
  | "refused";

/** A message on its way. It leaves the outbox when its event arrives. */
export interface OutboxItem {
  cid: string;
  contact: string | null;
  text: string;
  value: string | null;
  attachments: Attachment[];
  secret: boolean;
  /** The entries of a card, by name. */
  fields?: Record<string, string> | undefined;
  at: string;
  /** When it was last put on the wire, in ms of the page clock; 0 = not on this connection. */
  sentAtMs: number;
  /** The event number of the committed message; null until the server confirmed it. */
  ackSeq: number | null;
  /** The error code of a refusal; the customer may send it again. */
  refused: string | null;
}

export interface ThreadItem {
  contact: string;
  seq: number;
  at: string;
  e: VisibleEvent;
}

export interface Refusal {
  code: string;
  text: string;
  fix: string;
}

export interface State {
  connection: Connection;
  visitor: string | null;
  settings: Settings | null;
  locale: Locale;
  /** The customer chose `locale` here and the server has not confirmed it yet. */
  localeChosen: boolean;
  contact: ContactState | null;
  onHold: boolean;
  seq: number;
  items: ThreadItem[];
  /** Events that arrived ahead of a hole; they wait for the answer to `resume`. */
  held: Stored[];
  resuming: boolean;
  outbox: OutboxItem[];
  /** The wish for a conversation; `anew` once it was made again as a stranger. */
  starting: { cid: string; attributes: Record<string, string>; anew?: boolean } | null;
  ending: boolean;
  typing: "agent" | "bot" | null;
  queue: { position: number | null; wait: { lowS: number; highS: number } | null } | null;
  seenByAgent: number;
  readSeq: number;
  refusal: Refusal | null;
  /** Whether this line calls back, and the half hours to choose from; null while nobody has said. */
  callTimes: { offered: boolean; starts: string[] } | null;
  /** A wish about a promised call that is on its way. */
  calling: { cid: string; refused: string | null } | null;
  /** The call as the server told it last. */
  phone: PhoneCall | null;
  /** There was an earlier contact on this device that can be continued. */
  returning: boolean;
}

export function initialState(
  locale: Locale,
  visitor: string | null,
  outbox: OutboxItem[],
  returning: boolean,
): State {
  return {
    connection: "idle",
    visitor,
    settings: null,
    locale,
    localeChosen: false,
    contact: null,
    onHold: false,
    seq: 0,
    items: [],
    held: [],
    resuming: false,
    outbox: outbox.map((item) => ({ ...item, sentAtMs: 0, ackSeq: null })),
    starting: null,
    ending: false,
    typing: null,
    queue: null,
    seenByAgent: 0,
    readSeq: 0,
    refusal: null,
    callTimes: null,
    calling: null,
    phone: null,
    returning,
  };
}

/** What the bot asks for right now: the last word was its own, and nothing has been answered since. */
export interface Question {
  seq: number;
  inputKind: string;
  choices: QuickReply[];
  /** A card to fill in, and what it is called. */
  fields?: readonly FormField[];
  title?: string;
}

export function openQuestion(state: State): Question | null {
  if (!state.contact || state.contact.status === "ended" || state.contact.status === "connected") return null;
  if (state.outbox.some((item) => item.contact === state.contact?.id && item.refused === null)) return null;
  for (let i = state.items.length - 1; i >= 0; i--) {
    const item = state.items[i];
    if (item === undefined || item.contact !== state.contact.id) return null;
    if (item.e.kind !== "message_sent") continue;
    if (item.e.author !== "bot") return null;
    const fields = item.e.form?.fields;
    // A card stays open while the bot only says that there is no hurry.
    if (!item.e.input_kind && !fields && state.contact.status === "journey" && hasOpenCard(state, i)) continue;
    const choices = item.e.quick_replies ?? [];
    const inputKind = item.e.input_kind ?? (choices.length > 0 ? "choice" : "text");
    if (!fields?.length) return { seq: item.seq, inputKind, choices };
    return { seq: item.seq, inputKind, choices, fields, title: item.e.text.split("\n", 1)[0] ?? "" };
  }
  return null;
}

function hasOpenCard(state: State, before: number): boolean {
  for (let i = before - 1; i >= 0; i--) {
    const item = state.items[i];
    if (item === undefined || item.contact !== state.contact?.id) return false;
    if (item.e.kind !== "message_sent") continue;
    if (item.e.author !== "bot" || (item.e.input_kind && item.e.input_kind !== "form")) return false;
    if (item.e.form?.fields?.length) return true;
  }
  return false;
}

/** A rating of one to five; a longer scale (likely to recommend, 0 to 10) is tapped as numbers. */
export function isStars(question: Question): boolean {
  const scale = question.choices.filter((choice) => /^[1-5]$/.test(choice.value));
  return question.inputKind === "score" && scale.length === question.choices.length && scale.length > 1;
}

/** Somebody waits in line, or for a promised call: then a call can be asked for, moved or taken back. */
export function mayBeCalled(state: State): boolean {
  const status = state.contact?.status;
  return (
    state.callTimes?.offered === true && (status === "queued" || status === "offered" || status === "callback")
  );
}

/** When the promised call is due, as it was told last. */
export function callDueAt(state: State): string | null {
  for (let i = state.items.length - 1; i >= 0; i--) {
    const e = state.items[i]?.e;
    if (e?.kind === "callback_promised" || e?.kind === "callback_moved") return e.due_at ?? null;
  }
  return null;
}

/** What was promised is an answer in this conversation, not a call: no number is known. */
export function isByMessage(state: State): boolean {
  for (let i = state.items.length - 1; i >= 0; i--) {
    const e = state.items[i]?.e;
    if (e?.kind === "callback_promised") return e.address_kind === "message";
  }
  return false;
}

export type Speaker = { author: Exclude<Author, "customer">; name: string | null } | null;

/** Who is on the other side, for the header. */
export function speaker(state: State): Speaker {
  if (!state.contact || state.contact.status === "ended") return null;
  if (state.contact.status === "connected") return { author: "agent", name: state.contact.agent?.name ?? null };
  return { author: "bot", name: null };
}

/** Messages from the other side that the customer has not looked at. */
export function unread(state: State): number {
  return state.items.filter(
    (item) =>
      item.contact === state.contact?.id &&
      item.seq > state.readSeq &&
      item.e.kind === "message_sent" &&
      item.e.author !== "customer",
  ).length;
}

export function lastIncomingSeq(state: State): number {
  for (let i = state.items.length - 1; i >= 0; i--) {
    const item = state.items[i];
    if (item?.contact === state.contact?.id && item?.e.kind === "message_sent" && item.e.author !== "customer") {
      return item.seq;
    }
  }
  return 0;
}
