/** From events to what the thread shows: the trail on top, then words and quiet lines in order. Pure. */
import type { CallFact, ContactEvent, MessageSent, NoteAdded, StoredEvent } from "@/live/events";

export interface Trail {
  /** Where self-service led, in order, neighbours never equal. */
  path: readonly { journey: string; section: string; at: string }[];
  intent: string | null;
  /** Journey variables that people may see, last value of each, in the order first given. */
  data: ReadonlyMap<string, string>;
  checks: readonly { method: string; level: number; ok: boolean; locked: boolean; at: string }[];
  /** The last outcome of each task. */
  tasks: ReadonlyMap<string, { outcome: string; reason: string | null; attempts: number }>;
  began_at: string | null;
  /** When self-service handed over (first queued), if it did. */
  handed_at: string | null;
}

export type Item =
  | { type: "day"; key: string; at: string }
  | { type: "message"; key: string; seq: number; at: string; message: MessageSent; follows: boolean }
  | { type: "note"; key: string; seq: number; at: string; note: NoteAdded }
  | { type: "line"; key: string; seq: number; at: string; event: ContactEvent };

/** Messages of one author this close together share one heading. */
const TOGETHER_MS = 120_000;

/** Lines with reasons, whose words come a moment later than the conversation. */
export const TOLD_IN_FULL: ReadonlySet<ContactEvent["kind"]> = new Set([
  "contact_offered",
  "offer_passed",
  "offer_ended",
  "queue_left",
  "wait_promised",
  "search_widened",
  "wait_limit_reached",
  "queue_deserted",
  "contact_reassigned",
  "callback_promised",
  "callback_moved",
  "callback_tried",
  "callback_closed",
]);

/** Facts of a call, told by the part of the calls. */
export const TOLD_BY_CALLS: ReadonlySet<ContactEvent["kind"]> = new Set<CallFact["kind"]>([
  "call_started",
  "call_answered",
  "call_failed",
  "call_ended",
  "party_joined",
  "party_left",
  "recording_started",
  "recording_paused",
  "recording_resumed",
  "recording_ended",
  "secure_input_started",
  "secure_input_ended",
  "voicemail_left",
  "hand_on_failed",
  "voicemail_heard",
  "voicemail_settled",
  "keys_sent",
]);

/** Who simply speaks is said by the contact's own events; what is told is who else is on the line. */
function isTold(e: ContactEvent): boolean {
  if (e.kind === "party_joined" || e.kind === "party_left") {
    return e.party_kind !== "customer" && (e.party_kind === "number" || (e.mode ?? "talk") !== "talk");
  }
  return TOLD_BY_CALLS.has(e.kind);
}

const QUIET: ReadonlySet<ContactEvent["kind"]> = new Set([
  "contact_opened",
  "locale_changed",
  "identity_verified",
  "identity_refused",
  "contact_queued",
  "agent_joined",
  "agent_left",
  "customer_held",
  "customer_resumed",
  "contact_transferred",
  "survey_answered",
  "guide_finished",
  "handed_over",
  "contact_ended",
  "contact_wrapped_up",
  "contact_repaired",
]);

export function trailOf(events: readonly StoredEvent[]): Trail {
  const path: { journey: string; section: string; at: string }[] = [];
  const data = new Map<string, string>();
  const checks: { method: string; level: number; ok: boolean; locked: boolean; at: string }[] = [];
  const tasks = new Map<string, { outcome: string; reason: string | null; attempts: number }>();
  let intent: string | null = null;
  let handed_at: string | null = null;
  for (const { e, at } of events) {
    if (e.kind === "journey_moved") {
      const last = path.at(-1);
      if (last?.journey !== e.journey_id || last.section !== e.section) {
        path.push({ journey: e.journey_id, section: e.section, at });
      }
    } else if (e.kind === "reason_recognised") intent = e.intent;
    else if (e.kind === "data_collected") data.set(e.name, e.value);
    else if (e.kind === "identity_verified") {
      if (e.method !== "linked") checks.push({ method: e.method, level: e.level, ok: true, locked: false, at });
    } else if (e.kind === "identity_refused") {
      checks.push({ method: e.method, level: 0, ok: false, locked: e.locked ?? false, at });
    } else if (e.kind === "task_started") {
      const before = tasks.get(e.task);
      tasks.set(e.task, {
        outcome: "running",
        reason: null,
        attempts: Math.max(e.attempt, before?.attempts ?? 0),
      });
    } else if (e.kind === "task_ended") {
      tasks.set(e.task, {
        outcome: e.outcome,
        reason: e.reason ?? null,
        attempts: tasks.get(e.task)?.attempts ?? 1,
      });
    } else if (e.kind === "contact_queued") handed_at ??= at;
  }
  return { path, intent, data, checks, tasks, began_at: events[0]?.at ?? null, handed_at };
}

function sameAuthor(a: MessageSent, b: MessageSent): boolean {
  return a.author === b.author && a.agent_id === b.agent_id;
}

export function itemsOf(events: readonly StoredEvent[]): readonly Item[] {
  const items: Item[] = [];
  let day = "";
  let before: { message: MessageSent; at: string } | null = null;
  for (const { seq, at, e } of events) {
    const today = new Date(at).toDateString();
    const told = TOLD_IN_FULL.has(e.kind) && !(e.kind === "offer_ended" && e.outcome === "accepted");
    const shown = told || isTold(e) || e.kind === "message_sent" || e.kind === "note_added" || QUIET.has(e.kind);
    if (!shown) continue;
    if (today !== day) {
      items.push({ type: "day", key: `day ${today}`, at });
      day = today;
      before = null;
    }
    const key = `${seq}`;
    if (e.kind === "message_sent") {
      const near = before !== null && Date.parse(at) - Date.parse(before.at) < TOGETHER_MS;
      const follows = before !== null && near && sameAuthor(before.message, e);
      items.push({ type: "message", key, seq, at, message: e, follows });
      before = { message: e, at };
    } else {
      before = null;
      if (e.kind === "note_added") items.push({ type: "note", key, seq, at, note: e });
      else items.push({ type: "line", key, seq, at, event: e });
    }
  }
  return items;
}

/** The cards an agent sees of things like orders: variables named `order.status`, or one holding JSON. */
export function cardsOf(data: ReadonlyMap<string, string>): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const cards = new Map<string, Map<string, string>>();
  const put = (thing: string, field: string, value: string) => {
    const card = cards.get(thing) ?? new Map<string, string>();
    card.set(field, value);
    cards.set(thing, card);
  };
  for (const [name, value] of data) {
    const [thing = "", field] = name.split(".", 2);
    if (field) put(thing, field, value);
    else if (value.startsWith("{")) {
      const parsed: unknown = parse(value);
      if (typeof parsed === "object" && parsed !== null) {
        for (const [key, each] of Object.entries(parsed)) {
          if (each !== null && typeof each !== "object") put(thing, key, String(each));
        }
      }
    }
  }
  return cards;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Variables that are no part of a card. */
export function factsOf(data: ReadonlyMap<string, string>): readonly [string, string][] {
  return [...data].filter(([name, value]) => !name.includes(".") && !value.startsWith("{"));
}
