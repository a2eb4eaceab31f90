/** What a row of the list says about its conversation. Pure. */
import type { Card } from "@/live/protocol";
import type { State } from "@/ui/StateChip";

/** An answer that takes longer than this is late. */
export const ANSWER_LATE_S = 120;

export type RowWord =
  | "wrap_up"
  | "on_hold"
  | "late"
  | "waiting"
  | "away"
  | "talking"
  | "survey"
  | "ended"
  | "not_mine";

export interface RowState {
  state: State;
  word: RowWord;
  /** Seconds on the row's clock; counts down in wrap-up, up otherwise. */
  clock_s: number;
}

function since_s(at: string, now_ms: number): number {
  return (now_ms - Date.parse(at)) / 1000;
}

/** The state of a conversation at `now_ms` (server time); what needs the agent most comes first. */
export function rowState(card: Card, now_ms: number): RowState {
  if (card.wrap_up) {
    if (!card.wrap_up.due_at)
      return { state: "wait", word: "wrap_up", clock_s: since_s(card.last_at ?? card.opened_at, now_ms) };
    const left_s = -since_s(card.wrap_up.due_at, now_ms);
    return { state: left_s <= 10 ? "late" : "wait", word: "wrap_up", clock_s: Math.max(0, left_s) };
  }
  if (card.status === "ended" || card.status === "survey") {
    return { state: "off", word: card.status, clock_s: since_s(card.last_at ?? card.opened_at, now_ms) };
  }
  if (card.status !== "connected") {
    return { state: "off", word: "not_mine", clock_s: since_s(card.queued_at ?? card.opened_at, now_ms) };
  }
  if (card.on_hold_since) return { state: "wait", word: "on_hold", clock_s: since_s(card.on_hold_since, now_ms) };
  if (card.waiting_since) {
    const waited_s = since_s(card.waiting_since, now_ms);
    const late = waited_s >= ANSWER_LATE_S;
    return { state: late ? "late" : "wait", word: late ? "late" : "waiting", clock_s: waited_s };
  }
  const talk_s = since_s(card.connected_at ?? card.opened_at, now_ms);
  return card.customer_present
    ? { state: "live", word: "talking", clock_s: talk_s }
    : { state: "off", word: "away", clock_s: talk_s };
}
