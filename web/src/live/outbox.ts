/** What was sent and is not yet known to be committed. Sent again after every reconnect; the server counts it once. */
import type { RefusalBody } from "@/api/client";
import type { Attachment, StoredEvent } from "./events";
import type { ClientFrame, Command } from "./protocol";

export interface Outgoing {
  cid: string;
  /** Empty for what belongs to no contact (presence). */
  contact: string;
  frame: Extract<ClientFrame, { cid: string }>;
  queued_at_ms: number;
  acked: boolean;
  refusal: RefusalBody | null;
  /** Files of a message, for showing it before it is committed. */
  attachments?: readonly Attachment[];
}

export type Outbox = readonly Outgoing[];

const MOST = 200;

export function commandFrame(cid: string, contact: string, c: Command): Extract<ClientFrame, { cid: string }> {
  return { t: "cmd", cid, contact, c };
}

/** Words that stay in view until their event comes back. */
export function isWords(outgoing: Outgoing): boolean {
  return outgoing.frame.t === "cmd" && ["agent_message", "add_note"].includes(outgoing.frame.c.kind);
}

/** Committed: commands are done; words stay until their event arrives, so that they never blink. */
export function acknowledge(outbox: Outbox, cid: string): Outbox {
  return outbox.flatMap((each) => {
    if (each.cid !== cid) return [each];
    return isWords(each) ? [{ ...each, acked: true }] : [];
  });
}

/** Refused: words stay with their refusal, to be corrected or dropped; commands go. */
export function refuse(outbox: Outbox, cid: string, refusal: RefusalBody): Outbox {
  return outbox.flatMap((each) => {
    if (each.cid !== cid) return [each];
    return isWords(each) ? [{ ...each, refusal }] : [];
  });
}

/** The events of committed words have arrived: their copies leave. */
export function settle(outbox: Outbox, contact: string, events: readonly StoredEvent[]): Outbox {
  if (outbox.length === 0) return outbox;
  const arrived = new Set<string>();
  for (const { e } of events) {
    if ((e.kind === "message_sent" || e.kind === "note_added") && e.client_id) arrived.add(e.client_id);
  }
  if (arrived.size === 0) return outbox;
  return outbox.filter((each) => each.contact !== contact || !arrived.has(each.cid));
}

/** What must be sent again on a new connection, oldest first. */
export function unsent(outbox: Outbox): Outbox {
  return outbox.filter((each) => !each.acked && !each.refusal);
}

/** Read what the last page life left behind; anything unreadable counts as nothing. */
export function restoreOutbox(stored: string | null): Outbox {
  if (!stored) return [];
  try {
    const value: unknown = JSON.parse(stored);
    return Array.isArray(value) ? (value.slice(-MOST) as Outbox) : [];
  } catch {
    return [];
  }
}
