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
  fixed?: boolean;
}

export interface NoteAdded {
  kind: "note_added";
  agent_id: string;
  agent_name: string;
  text: string;
  client_id?: string;
}

interface Offered {
  id: string;
  agent_id: string;
  expires_at: string;
  also?: readonly string[];
}

/** Why this agent, as facts; times in seconds. Source: src/warmline/domain/routing/reasons.py. */
export interface Why {
  code?: string;
  queue_id?: string;
  waited_s?: number;
  priority?: number;
  skills?: readonly { skill: string; level?: number }[];
  idle_s?: number;
  busy?: number;
  ring?: number;
  ring_after_s?: number;
  ring_queue_id?: string;
  measure?: number;
  weight?: number;
  reserved?: readonly string[];
  also?: number;
  over_capacity?: boolean;
  /** The supervisor who gave it. */
  by_agent_id?: string;
  by_name?: string;
}

/** What the telephone knows. Source: src/warmline/domain/contact/events_voice.py. */
export type CallFact =
  | { kind: "call_started"; direction: string; number?: string; called?: string; attestation?: string }
  | { kind: "call_answered"; machine?: boolean }
  | { kind: "call_failed"; outcome: string; cause?: number }
  | {
      kind: "call_ended";
      by: string;
      cause?: number;
      seconds?: number;
      mos?: number;
      lost_share?: number;
      jitter_ms?: number;
    }
  | {
      kind: "party_joined" | "party_left";
      party: string;
      party_kind: string;
      name?: string;
      mode?: string;
    }
  | {
      kind: "recording_started" | "recording_paused" | "recording_resumed" | "recording_ended";
      recording_id: string;
      seconds?: number;
    }
  | { kind: "secure_input_started"; what: string }
  | { kind: "secure_input_ended"; what: string; digits?: number; outcome?: string }
  | { kind: "voicemail_left"; recording_id: string; seconds?: number; transcript?: string; again?: boolean }
  | { kind: "hand_on_failed"; outcome: string; number?: string; consult?: boolean; why?: string }
  | { kind: "voicemail_heard"; recording_id: string; agent_id: string; agent_name: string }
  | { kind: "voicemail_settled"; recording_id: string; agent_id: string; agent_name: string; open?: boolean }
  | { kind: "keys_sent"; count: number };

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
  | { kind: "handed_over"; times: number; intent: string }
  | { kind: "data_collected"; name: string; value: string }
  | { kind: "task_started"; task_id: string; task: string; attempt: number }
  | { kind: "task_ended"; task_id: string; task: string; outcome: string; reason?: string }
  | { kind: "identity_verified"; level: number; method: string; customer_id?: string }
  | { kind: "identity_refused"; method: string; locked?: boolean }
  | { kind: "contact_queued"; entry: { queue_id: string; priority?: number }; why?: string }
  | {
      kind: "contact_offered";
      offer: Offered;
      reason?: string;
      why?: Why;
    }
  | { kind: "offer_passed"; agent_id: string; outcome: string; offer: Offered }
  | { kind: "offer_ended"; offer_id: string; agent_id: string; outcome: string; also?: readonly string[] }
  | { kind: "queue_left"; queue_id: string }
  | { kind: "wait_promised"; queue_id: string; low_s: number; high_s: number; position?: number }
  | {
      kind: "search_widened";
      queue_id: string;
      what: string;
      after_s: number;
      to_queue_id?: string;
      teams?: readonly string[];
    }
  | { kind: "wait_limit_reached"; queue_id: string; after_s: number; then: string }
  | { kind: "queue_deserted"; queue_id: string; why: string; then: string }
  | {
      kind: "contact_reassigned";
      by_agent_id: string;
      by_name?: string;
      to_queue_id?: string;
      to_agent_id?: string;
      to_agent_name?: string;
      force?: string;
    }
  | { kind: "agent_joined"; agent_id: string; agent_name: string }
  | { kind: "agent_left"; agent_id: string; why: string }
  | { kind: "customer_held" }
  | { kind: "customer_resumed" }
  | {
      kind: "contact_transferred";
      from_agent_id: string;
      to_queue_id?: string;
      to_agent_id?: string;
      to_number?: string;
      note?: string;
    }
  | {
      kind: "callback_promised";
      queue_id: string;
      due_at: string;
      address_kind: string;
      not_before?: string;
      not_after?: string;
      by?: string;
    }
  | { kind: "callback_moved"; stage: string; due_at: string; why: string; by_agent_id?: string }
  | { kind: "callback_tried"; attempt: number; outcome: string; agent_id?: string }
  | { kind: "callback_closed"; outcome: string; by_agent_id?: string; reason?: string }
  | { kind: "customer_presence"; present: boolean }
  | {
      kind: "guide_finished";
      guide_id: string;
      title: string;
      agent_name: string;
      outcome: string;
      filled?: readonly { label: string; entry: string }[];
    }
  | { kind: "survey_answered"; metric: string; score: number; comment?: string }
  | { kind: "contact_ended"; reason: string; by: string }
  | { kind: "contact_wrapped_up"; agent_id: string; disposition?: string; summary?: string; timed_out?: boolean }
  | CallFact
  | { kind: "contact_repaired"; was: string }
  | { kind: "timer_ignored"; timer: string };

/** One event in its place: `seq` rises by one per contact, without holes. */
export interface StoredEvent {
  seq: number;
  at: string;
  e: ContactEvent;
}
