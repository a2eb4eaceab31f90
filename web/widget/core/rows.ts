/** The thread as rows to draw, derived from the state alone. */

import type { Attachment, Author, Locale, MessageSent, VisibleEvent } from "../protocol";
import type { OutboxItem, State } from "./state";

export type Delivery = "sending" | "waiting" | "delivered" | "seen" | "failed";

export interface MessageRow {
  row: "message";
  key: string;
  author: Author;
  name: string | null;
  text: string;
  lang: Locale | null;
  at: string;
  attachments: Attachment[];
  /** First of a run by the same speaker: carries the name. */
  first: boolean;
  /** Last of a run: carries the time. */
  last: boolean;
  delivery: Delivery | null;
  stars: number | null;
  cid: string | null;
  refused: string | null;
}

export type LineEvent = Exclude<VisibleEvent, MessageSent | { kind: "contact_opened" }>;
export type Row =
  | MessageRow
  | { row: "day"; key: string; at: string }
  | { row: "continued"; key: string }
  | { row: "event"; key: string; at: string; e: LineEvent; passedOn: boolean };

const SAME_RUN_MS = 5 * 60_000;

export function rows(state: State): Row[] {
  const drawn: Row[] = [];
  const scores = scoreAnswers(state);
  let day = "";
  let contact: string | null = null;
  const toDay = (at: string) => {
    const name = new Date(at).toDateString();
    if (name !== day) drawn.push({ row: "day", key: `day-${name}`, at });
    day = name;
  };
  for (const item of state.items) {
    toDay(item.at);
    const key = `${item.contact}-${item.seq}`;
    const continues = item.e.kind === "contact_opened" && Boolean(item.e.continues);
    if (continues || (contact !== null && contact !== item.contact))
      drawn.push({ row: "continued", key: `from-${key}` });
    contact = item.contact;
    if (item.e.kind === "contact_opened") continue;
    if (item.e.kind === "message_sent") drawn.push(sentRow(state, item.e, item, key, scores.get(key) ?? null));
    else if (!isRedundant(state, item.e)) {
      const passedOn = item.e.kind === "agent_left" && item.e.why !== "ended";
      drawn.push({ row: "event", key, at: item.at, e: item.e, passedOn });
    }
  }
  for (const item of state.outbox) {
    toDay(item.at);
    drawn.push(waitingRow(state, item));
  }
  return markDelivery(markRuns(drawn));
}

/** What says nothing new: a call that goes as calls go, the agent leaving after the chat's own end, a call that was made or given up. */
function isRedundant(state: State, e: VisibleEvent): boolean {
  // That a call began is said once; so is that it is recorded.
  if (e.kind === "call_answered" || e.kind === "recording_ended") return true;
  if (e.kind === "callback_closed") return e.outcome !== "cancelled";
  return e.kind === "agent_left" && e.why === "ended" && state.contact?.status === "ended";
}

function sentRow(
  state: State,
  e: MessageSent,
  item: { at: string; seq: number; contact: string },
  key: string,
  stars: number | null,
): MessageRow {
  const own = e.author === "customer";
  const seen = own && (item.contact !== state.contact?.id || item.seq <= state.seenByAgent);
  return {
    row: "message",
    key: own && e.client_id ? e.client_id : key,
    author: e.author,
    name: e.agent_name ?? null,
    text: e.text,
    lang: e.locale ?? null,
    at: item.at,
    attachments: e.attachments ?? [],
    first: true,
    last: true,
    delivery: own ? (seen && item.contact === state.contact?.id ? "seen" : "delivered") : null,
    stars,
    cid: null,
    refused: null,
  };
}

function waitingRow(state: State, item: OutboxItem): MessageRow {
  const online =
    state.connection === "live" || state.connection === "catching_up" || state.connection === "connecting";
  const way: Delivery = item.refused
    ? "failed"
    : item.ackSeq !== null
      ? "delivered"
      : online
        ? "sending"
        : "waiting";
  return {
    row: "message",
    key: item.cid,
    author: "customer",
    name: null,
    text: item.secret ? "••••" : item.text,
    lang: null,
    at: item.at,
    attachments: item.attachments,
    first: true,
    last: true,
    delivery: way,
    stars: null,
    cid: item.cid,
    refused: item.refused,
  };
}

function markRuns(drawn: Row[]): Row[] {
  return drawn.map((row, i) => {
    if (row.row !== "message") return row;
    return { ...row, first: !sameRun(drawn[i - 1], row), last: !sameRun(row, drawn[i + 1]) };
  });
}

function sameRun(a: Row | undefined, b: Row | undefined): boolean {
  if (a?.row !== "message" || b?.row !== "message") return false;
  return a.author === b.author && a.name === b.name && Date.parse(b.at) - Date.parse(a.at) < SAME_RUN_MS;
}

/** Only the customer's newest settled message says how far it came; one that is under way or failed says so itself. */
function markDelivery(drawn: Row[]): Row[] {
  const newest = drawn.findLastIndex(
    (row) => row.row === "message" && (row.delivery === "delivered" || row.delivery === "seen"),
  );
  return drawn.map((row, i) =>
    row.row === "message" && i !== newest && (row.delivery === "delivered" || row.delivery === "seen")
      ? { ...row, delivery: null }
      : row,
  );
}

/** Answers to a request for a score, by row key: they are shown as the stars that were tapped. */
function scoreAnswers(state: State): Map<string, number> {
  const found = new Map<string, number>();
  let asked = false;
  for (const { e, contact, seq } of state.items) {
    if (e.kind !== "message_sent") continue;
    if (e.author === "customer") {
      const score = Number(e.value ?? e.text);
      if (asked && Number.isInteger(score) && score >= 1 && score <= 5) found.set(`${contact}-${seq}`, score);
    }
    asked = e.author === "bot" && e.input_kind === "score";
  }
  return found;
}
