/** The frames of docs/protocol/widget.md, version 1, as the browser sees them. */

export const LOCALES = ["ko", "ja", "en"] as const;
export type Locale = (typeof LOCALES)[number];

export type ContactStatus = "journey" | "queued" | "offered" | "connected" | "callback" | "survey" | "ended";
export type Author = "customer" | "bot" | "agent";

export interface QuickReply {
  value: string;
  label: string;
}

export interface Attachment {
  id: string;
  name: string;
  media_type: string;
  size_bytes: number;
}

/** An entry of a card; `problem` says why what was entered does not fit. */
export interface FormField {
  name: string;
  label: string;
  kind: string;
  required?: boolean;
  options?: QuickReply[];
  value?: string;
  problem?: string;
  /** The heading it folds under. */
  group?: string;
}

export interface MessageSent {
  kind: "message_sent";
  author: Author;
  text: string;
  client_id?: string | null;
  agent_name?: string | null;
  value?: string | null;
  quick_replies?: QuickReply[];
  attachments?: Attachment[];
  input_kind?: string | null;
  form?: { fields?: FormField[] } | null;
  locale?: Locale | null;
}

export type VisibleEvent =
  | MessageSent
  | { kind: "contact_opened"; locale?: Locale; continues?: string | null }
  | { kind: "locale_changed"; locale: Locale }
  | { kind: "identity_verified" }
  | { kind: "contact_queued"; why?: string }
  | { kind: "agent_joined"; agent_name: string }
  | { kind: "agent_left"; why?: string }
  | { kind: "customer_held" }
  | { kind: "customer_resumed" }
  | { kind: "callback_promised"; due_at?: string | null; address_kind?: "phone" | "message" }
  | { kind: "callback_moved"; due_at?: string | null; stage?: string }
  | { kind: "callback_closed"; outcome?: string }
  | { kind: "call_started"; direction?: string }
  | { kind: "call_answered" }
  | { kind: "call_ended" }
  | { kind: "recording_started" }
  | { kind: "recording_paused" }
  | { kind: "recording_resumed" }
  | { kind: "recording_ended" }
  | { kind: "contact_ended"; reason?: string; by?: string };

export interface Stored {
  seq: number;
  prev?: number | null;
  at: string;
  e: VisibleEvent;
}

export interface ContactState {
  id: string;
  status: ContactStatus;
  locale: Locale;
  agent?: { name: string } | null;
}

export interface Settings {
  name: string;
  colour: string;
  greeting: string;
  locales: Locale[];
  upload_max_bytes: number;
  /** Whether calls are offered now. */
  calls?: boolean;
}

/** What a call is doing. */
export interface PhoneCall {
  contact: string;
  state: "connecting" | "self_service" | "waiting" | "talking" | "held" | "ended";
  agent: { name: string } | null;
  /** Keys are typed unheard and unseen; `digits`: how many so far. */
  secure: { digits: number } | null;
}

export type ServerFrame =
  | {
      t: "welcome";
      visitor: string;
      settings: Settings;
      contact: ContactState | null;
      seq: number;
      events: Stored[];
    }
  | { t: "opened"; cid: string; contact: ContactState; seq: number; events: Stored[] }
  | ({ t: "event"; contact: string } & Stored)
  | { t: "events"; contact: string; events: Stored[] }
  | { t: "ack"; cid: string; seq: number }
  | { t: "typing"; on: boolean; author: "agent" | "bot" }
  | { t: "read"; seq: number }
  | { t: "queue"; position: number | null; low_s: number | null; high_s: number | null }
  | { t: "call_times"; cid: string; offered: boolean; starts: string[] }
  | { t: "call_answer"; cid: string; contact: string; sdp: string }
  | ({ t: "call" } & PhoneCall)
  | { t: "error"; cid?: string | null; code: string; text: string; fix: string }
  | { t: "bye"; reason: string; retry_after_ms: number }
  | { t: "pong" };

export type ClientFrame =
  | {
      t: "hello";
      v: 1;
      key: string;
      visitor: string | null;
      locale: Locale;
      contact: string | null;
      seq: number;
      page?: string;
    }
  | { t: "start"; cid: string; locale: Locale; attributes?: Record<string, string> }
  | {
      t: "say";
      cid: string;
      text: string;
      value?: string;
      attachments?: string[];
      fields?: Record<string, string>;
    }
  | { t: "typing"; on: boolean }
  | { t: "read"; seq: number }
  | { t: "locale"; locale: Locale }
  | { t: "from_help"; attributes: Record<string, string> }
  | { t: "call_times"; cid: string }
  | {
      t: "call_me";
      cid: string;
      phone: string | null;
      not_before?: string;
      not_after?: string;
      time_zone?: string;
    }
  | { t: "call_off"; cid: string }
  | { t: "call"; cid: string; sdp: string }
  | { t: "call_keys"; keys: string }
  | { t: "call_end"; cid: string }
  | { t: "end" }
  | { t: "resume"; contact: string; seq: number }
  | { t: "ping" };

export const CLOSE = {
  badHello: 4001,
  refused: 4003,
  tooSlow: 4008,
  replaced: 4009,
  restarting: 4012,
  tooMany: 4029,
} as const;

export const MESSAGE_MAX = 4000;

/** Read a frame; anything that is not an object with a type name is dropped as null. */
export function parseFrame(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  try {
    const frame: unknown = JSON.parse(data);
    if (typeof frame === "object" && frame !== null && "t" in frame && typeof frame.t === "string") {
      return frame as ServerFrame;
    }
  } catch {
    // A frame that is not JSON carries nothing we could show.
  }
  return null;
}

/** The supported language nearest to a BCP 47 tag, or null when none fits. */
export function nearestLocale(tag: string | null | undefined): Locale | null {
  const primary = (tag ?? "").toLowerCase().split(/[-_]/)[0];
  return LOCALES.find((locale) => locale === primary) ?? null;
}
