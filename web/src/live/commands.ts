/** What the agent does, as frames: shown at once, sent now or after the reconnect, counted once. */
import type { Attachment } from "./events";
import { commandFrame, type Outgoing } from "./outbox";
import type { Command, Presence } from "./protocol";
import { transmit } from "./socket";
import { dispatch, liveState } from "./store";

function queue(outgoing: Outgoing): void {
  dispatch({ type: "queued", outgoing });
  if (liveState().connection !== "offline" && liveState().connection !== "connecting") transmit(outgoing.frame);
}

/** Send a command about a contact. Returns its `cid`. */
export function sendCommand(contact: string, command: Command, attachments?: readonly Attachment[]): string {
  const cid = crypto.randomUUID();
  queue({
    cid,
    contact,
    frame: commandFrame(cid, contact, command),
    queued_at_ms: Date.now(),
    acked: false,
    refusal: null,
    attachments,
  });
  return cid;
}

/** Change one's own presence; `next` waits until the current work is done. */
export function sendPresence(presence: Presence, reason?: string, next?: boolean): void {
  for (const { cid, frame } of liveState().outbox) if (frame.t === "presence") dispatch({ type: "dropped", cid });
  const cid = crypto.randomUUID();
  queue({
    cid,
    contact: "",
    frame: { t: "presence", cid, presence, ...(reason ? { reason } : {}), ...(next ? { next } : {}) },
    queued_at_ms: Date.now(),
    acked: false,
    refusal: null,
  });
}

/** Take back words that were refused. */
export function dropOutgoing(cid: string): void {
  dispatch({ type: "dropped", cid });
}

export function sendTyping(contact: string, on: boolean): void {
  transmit({ t: "typing", contact, on });
}

export function markSeen(contact: string, seq: number): void {
  if ((liveState().seen[contact] ?? 0) >= seq) return;
  dispatch({ type: "seen", contact, seq });
  transmit({ t: "read", contact, seq });
}
