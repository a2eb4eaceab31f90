/** The desk protocol, version 1, as types. Source: docs/protocol/desk.md. */
import type { RefusalBody } from "@/api/client";
import type { Locale, LocalText } from "@/i18n/locale";
import type { CallClientFrame, CallServerFrame } from "./calls";
import type { StoredEvent } from "./events";

export type ContactStatus = "journey" | "queued" | "offered" | "connected" | "callback" | "survey" | "ended";
export type Presence = "available" | "away" | "offline";

export interface Card {
  id: string;
  status: ContactStatus;
  channel: string;
  locale: Locale;
  customer: { id: string; name: string | null; known: boolean };
  intent: string | null;
  /** Level of identity assurance, 0 to 3. */
  assurance: number;
  queue_id: string | null;
  priority: number | null;
  opened_at: string;
  queued_at: string | null;
  connected_at: string | null;
  on_hold_since: string | null;
  /** `also`: at whose desks it rings as well; the first to accept gets it. */
  offer: { id: string; expires_at: string; agent_id: string; also?: readonly string[] } | null;
  agent_id: string | null;
  wrap_up: { due_at: string | null } | null;
  /** A promised call that is still open. */
  callback?: CardCallback | null;
  last_text: string | null;
  last_author: string | null;
  last_at: string | null;
  seq: number;
  /** When the customer's oldest unanswered message came. */
  waiting_since: string | null;
  customer_present: boolean;
  transfers: number;
  summary: string | null;
}

export interface CardCallback {
  stage: "line" | "later" | "asking";
  due_at: string;
  promised_at: string;
  order: string;
  /** Null: answered by message in the same conversation. */
  phone: string | null;
  not_before: string | null;
  not_after: string | null;
  /** The customer's. */
  time_zone: string | null;
  attempts: number;
  /** What was promised last: a call is late against this one, whatever `due_at` has become since. */
  told_at?: string;
}

/** Why somebody is away, as the company has set it. */
export interface PauseReason {
  id: string;
  name: LocalText;
  paid: boolean;
}

export interface Me {
  id: string;
  name: string;
  roles: readonly string[];
  locale: Locale;
  presence: Presence;
  reason: string | null;
  since_at: string;
  next: { presence: Presence; reason: string | null } | null;
  capacity: Readonly<Record<string, number>> | number;
  load: Readonly<Record<string, number>> | number;
  version: number;
  /** What customers are told at this moment, or will be; left out by an older server. */
  emergencies?: readonly Emergency[];
  /** Alerts of the company's queues, for those who lead. */
  alerts?: readonly BoardAlert[];
}

/** An empty list means all. */
export interface Emergency {
  id: string;
  texts: LocalText;
  starts_at: string;
  ends_at: string;
  queues: readonly string[];
  journeys: readonly string[];
  channels: readonly string[];
}

export interface QueueName {
  id: string;
  name: LocalText;
}

export interface BoardQueue {
  id: string;
  name: LocalText;
  waiting: number;
  longest_wait_s: number | null;
  offered: number;
  connected: number;
  available: number;
  staffed: number;
  /** Share answered within target, 0 to 1; null when nothing was answered yet. */
  service_level: number | null;
  target: number;
  target_s: number;
  answered_today: number;
  abandoned_today: number;
  /** A newcomer's wait: half of them at most `half_s`, nine in ten at most `most_s`; null: nobody knows. */
  expected: { half_s: number; most_s: number } | null;
  /** Shares, 0 to 1. */
  abandonment?: number | null;
  occupancy?: number | null;
  /** Promised calls. */
  callbacks?: number;
  /** Of those waiting: nobody on shift fits them; only people who are asked later do. */
  unserved: number;
  later: number;
}

export interface BoardSkill {
  id: string;
  name: LocalText;
  waiting: number;
  longest_wait_s: number;
  staffed: number;
  available: number;
}

/** A number of a queue beyond its limit; shares in percent, times in seconds. */
export interface BoardAlert {
  queue_id: string;
  metric: string;
  level: "warn" | "alarm";
  value: number | null;
  limit: number | null;
  since_at: string;
  acknowledged: { level: string; agent_id: string; name: string; at: string } | null;
}

/** How an agent stands to the schedule since when, and what is planned until when. */
export interface Adherence {
  state: "in" | "early" | "late" | "absent" | "left" | "resting" | "working";
  since_at: string | null;
  planned: "work" | "rest" | "off";
  until_at: string | null;
}

export interface BoardAgent {
  id: string;
  name: string;
  presence: Presence;
  reason: string | null;
  since_at: string;
  /** Contacts by channel: now, and at most. */
  load: Readonly<Record<string, number>>;
  capacity: Readonly<Record<string, number>>;
  /** Presence compared with the plan; null: nothing is planned, and they are not at work. */
  adherence: Adherence | null;
  contacts: readonly {
    id: string;
    status: ContactStatus | "wrap_up";
    queue_id: string | null;
    customer: Card["customer"];
    since_at: string;
    channel?: string;
  }[];
}

export interface BoardWaiting {
  id: string;
  queue_id: string | null;
  customer: Card["customer"];
  intent: string | null;
  locale: Locale;
  queued_at: string | null;
  priority: number | null;
  /** The wait still to come; null: nobody knows. */
  expected: { half_s: number; most_s: number } | null;
}

export interface Ledger {
  open: number;
  owned: number;
  queued: number;
  journey: number;
  survey: number;
  callback: number;
  wrap_up: number;
  orphans: number;
  repaired_today: number;
  /** Null before the first look. */
  checked_at: string | null;
}

export interface Board {
  at: string;
  queues: readonly BoardQueue[];
  agents: readonly BoardAgent[];
  waiting: readonly BoardWaiting[];
  ledger: Ledger;
  skills?: readonly BoardSkill[];
  /** The worst first. */
  alerts?: readonly BoardAlert[];
}

/** The `cid`s of what tells its refusals where it was asked, and not as a message over the screen. */
export const TOLD_ELSEWHERE = "own-";

export type ServerFrame =
  | {
      t: "welcome";
      me: Me;
      contacts: readonly Card[];
      queues: readonly QueueName[];
      pause_reasons?: readonly PauseReason[];
      now: string;
    }
  | ({ t: "event"; contact: string } & StoredEvent)
  | { t: "card"; card: Card }
  | { t: "gone"; contact: string }
  | { t: "history"; contact: string; events: readonly StoredEvent[] }
  | { t: "me"; me: Me }
  | { t: "ack"; cid: string; seq?: number; contact?: string }
  | ({ t: "error"; cid?: string } & RefusalBody)
  | { t: "typing"; contact: string; on: boolean; author: string }
  | { t: "read"; contact: string; seq: number }
  | { t: "board"; board: Board }
  | { t: "messages" }
  | { t: "guide"; contact: string; guide: string; revision: number }
  | { t: "bye"; reason: string; retry_after_ms?: number }
  | { t: "pong"; now: string }
  | CallServerFrame;

export type Command =
  | { kind: "accept_offer"; offer_id: string }
  | { kind: "decline_offer"; offer_id: string }
  | { kind: "agent_message"; text: string; attachments?: readonly string[] }
  | { kind: "add_note"; text: string }
  | { kind: "hold" }
  | { kind: "resume" }
  | { kind: "transfer"; queue_id?: string; to_agent_id?: string; note?: string }
  | { kind: "agent_ends" }
  | { kind: "finish_wrap_up"; disposition: string; summary: string }
  | { kind: "reassign"; queue_id?: string; to_agent_id?: string }
  | { kind: "callback_outcome"; outcome: string };

export type ClientFrame =
  | { t: "hello"; v: 1; contacts: Readonly<Record<string, number>>; device: string }
  | { t: "cmd"; cid: string; contact: string; c: Command }
  | { t: "presence"; cid: string; presence: Presence; reason?: string; next?: boolean }
  | { t: "watch"; contact: string; seq: number }
  | { t: "unwatch"; contact: string }
  | { t: "typing"; contact: string; on: boolean }
  | { t: "read"; contact: string; seq: number }
  | { t: "board"; on: boolean }
  | { t: "ping" }
  | CallClientFrame;
