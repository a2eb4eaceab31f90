/** What happens to a contact, as its timeline tells it. Source: src/warmline/domain/contact/events.py. */
import type { Locale } from "@/i18n/locale";

export interface Attachment {
  id: string;
  name: string;
  media_type: string;
  size_bytes: number;
}

export interface QuickReply {
  value: string;
  label: string;
}

export interface MessageSent {
  kind: "message_sent";
  author: string;
  text: string;
  client_id?: string;
  agent_id?: string;
  agent_name?: string;
  prompt?: string;
  value?: string;
  quick_replies?: readonly QuickReply[];
  attachments?: readonly Attachment[];
  input_kind?: string;
  locale?: Locale;
}

export interface NoteAdded {
  kind: "note_added";
  agent_id: string;
  agent_name: string;
  text: string;
  client_id?: string;
}

export type ContactEvent =
  | MessageSent
  | NoteAdded
  | {
      kind: "contact_opened";
      channel: string;
      customer_id: string;
      locale: Locale;
      continues?: string;
      page?: string;
    }
  | { kind: "locale_changed"; locale: Locale }
  | { kind: "journey_moved"; journey_id: string; version: number; section: string }
  | { kind: "reason_recognised"; intent: string }
  | { kind: "data_collected"; name: string; value: string }
  | { kind: "task_started"; task_id: string; task: string; attempt: number }
  | { kind: "task_ended"; task_id: string; task: string; outcome: string; reason?: string }
  | { kind: "identity_verified"; level: number; method: string; customer_id?: string }
  | { kind: "identity_refused"; method: string; locked?: boolean }
  | { kind: "contact_queued"; entry: { queue_id: string; priority?: number }; why?: string }
  | {
      kind: "contact_offered";
      offer: { id: string; agent_id: string; expires_at: string };
      reason?: string;
      /** The same as facts. Source: src/warmline/domain/routing/reasons.py. */
      why?: { code?: string; waited_s?: number; idle_s?: number; ring?: number; also?: number };
    }
  | { kind: "offer_ended"; offer_id: string; agent_id: string; outcome: string }
  | { kind: "agent_joined"; agent_id: string; agent_name: string }
  | { kind: "agent_left"; agent_id: string; why: string }
  | { kind: "customer_held" }
  | { kind: "customer_resumed" }
  | {
      kind: "contact_transferred";
      from_agent_id: string;
      to_queue_id?: string;
      to_agent_id?: string;
      note?: string;
    }
  | { kind: "callback_promised"; queue_id: string; due_at: string; address_kind: string }
  | { kind: "customer_presence"; present: boolean }
  | { kind: "survey_answered"; metric: string; score: number; comment?: string }
  | { kind: "contact_ended"; reason: string; by: string }
  | { kind: "contact_wrapped_up"; agent_id: string; disposition?: string; summary?: string; timed_out?: boolean }
  | { kind: "contact_repaired"; was: string }
  | { kind: "timer_ignored"; timer: string };

/** One event in its place: `seq` rises by one per contact, without holes. */
export interface StoredEvent {
  seq: number;
  at: string;
  e: ContactEvent;
}
