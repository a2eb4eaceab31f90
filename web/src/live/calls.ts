/** Calls as the desk's socket tells them: shapes, and what may be asked of a call. Source: docs/protocol/desk.md, Calls. */
import type { RefusalBody } from "@/api/client";
import type { LiveState } from "./state";

export type CallState = "dialling" | "ringing" | "self_service" | "waiting" | "talking" | "held" | "ended";
export type PartyState = "ringing" | "joining" | "talking" | "held" | "listening" | "whispering" | "gone";
/** How one's audio takes part. All but `talk` are a supervisor's. */
export type AudioMode = "talk" | "listen" | "whisper" | "barge";
export type TalkWith = "customer" | "consulted" | "all";
export type SecureWhat = "card" | "pin" | "number";

export interface Party {
  id: string;
  kind: "customer" | "agent" | "phone" | "number" | "supervisor";
  name: string | null;
  agent_id: string | null;
  state: PartyState;
}

export interface Call {
  direction: "inbound" | "outbound" | "browser";
  since_at: string;
  /** Masked for who may not see it. */
  number: string | null;
  attestation: "A" | "B" | "C" | "failed" | "none";
  state: CallState;
  parties: readonly Party[];
  talk: TalkWith;
  recording: { state: "off" | "on" | "paused" };
  secure: {
    what: SecureWhat;
    /** How many so far; never which. */
    digits: number;
    outcome: "done" | "failed" | "cancelled" | null;
    masked: string | null;
  } | null;
  quality: { mos: number; lost_share: number; jitter_ms: number } | null;
  result: "busy" | "no_answer" | "wrong_number" | "machine" | "refused" | "failed" | null;
}

/** What holds where the server says nothing. */
export const QUIET_CALL: Call = {
  direction: "inbound",
  since_at: "",
  number: null,
  attestation: "none",
  state: "waiting",
  parties: [],
  talk: "customer",
  recording: { state: "off" },
  secure: null,
  quality: null,
  result: null,
};

/** A colleague asks for us on a call of theirs. */
export interface CallRing {
  contact: string;
  from: { agent_id: string; name: string };
  customer: { id: string; name: string | null };
}

export type CallServerFrame =
  | { t: "call_answer"; cid: string; contact: string; sdp: string }
  | ({ t: "call_ring" } & CallRing)
  | { t: "call_unring"; contact: string }
  | { t: "call"; contact: string; call: Call };

/** What is asked of a call; `cid` is added when it is sent. */
export type CallAsk =
  | { t: "call_join"; contact: string; sdp: string; mode: AudioMode }
  | { t: "call_mode"; contact: string; mode: AudioMode }
  | { t: "call_leave"; contact: string }
  | { t: "call_keys"; contact: string; keys: string; party?: string }
  | { t: "call_consult"; contact: string; to: { agent_id: string } | { number: string } }
  | { t: "call_talk"; contact: string; with: TalkWith }
  | { t: "call_drop"; contact: string; party: string }
  | { t: "call_complete"; contact: string; note: string }
  | { t: "call_forward"; contact: string; number: string; note: string }
  | {
      t: "call_secure";
      contact: string;
      on: boolean;
      what?: SecureWhat;
      length?: { least: number; most: number };
    }
  | { t: "call_record"; contact: string; on: boolean }
  | { t: "call_dial"; to: string; contact?: string; customer_id?: string }
  | { t: "call_decline"; contact: string };

export type CallClientFrame = CallAsk extends infer Ask
  ? Ask extends CallAsk
    ? Ask & { cid: string }
    : never
  : never;

/** What the server says to a frame with a `cid`. */
export interface Answer {
  seq?: number;
  contact?: string;
  sdp?: string;
}

/** The server (or the lack of one) refused. */
export class CallRefused extends Error {
  constructor(readonly body: RefusalBody) {
    super(body.text);
  }
}

/** A contact with me in which a call is going on. */
export function isOwnCall(state: LiveState, id: string): boolean {
  const card = state.cards[id];
  const call = state.calls[id];
  if (!card || !state.mine.includes(id) || call?.state === "ended") return false;
  if (card.status !== "connected" || card.agent_id !== state.me?.id) return false;
  return card.channel === "voice" || call !== undefined;
}

/** The call I am in the middle of, the newest first; undefined when there is none. */
export function ownCall(state: LiveState): string | undefined {
  return state.mine.findLast((id) => isOwnCall(state, id));
}

/** Whether this agent takes calls at all. */
export function takesCalls(state: LiveState): boolean {
  const capacity = state.me?.capacity;
  return typeof capacity === "object" && (capacity.voice ?? 0) > 0;
}

/** Another party I put on the line: rung, spoken to, or in conference. */
export function consulted(call: Call | undefined, me: string | undefined): Party | undefined {
  return call?.parties.find(
    (party) =>
      party.state !== "gone" &&
      (party.kind === "number" ||
        ((party.kind === "agent" || party.kind === "phone") && party.agent_id !== null && party.agent_id !== me)),
  );
}
