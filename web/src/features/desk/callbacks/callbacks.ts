/** Promised calls as `GET /callbacks` answers, and what the screens ask of them. Pure. */
import type { Queue } from "@/api/settings";
import type { Card, CardCallback } from "@/live/protocol";

export interface PromisedCall {
  card: Card;
}

export type Stage = "line" | "later" | "asking" | "hands";
export const STAGES: readonly Stage[] = ["line", "later", "asking", "hands"];
export const OUTCOMES = ["reached", "no_answer", "busy", "wrong_number"] as const;
/** How an attempt may go: a number may be busy or wrong, a message in this conversation cannot be. */
export function outcomesOf(callback: CardCallback): readonly (typeof OUTCOMES)[number][] {
  return callback.phone === null ? ["reached", "no_answer"] : OUTCOMES;
}

export const CANCEL_REASONS = ["asked", "solved", "impossible", "mistake"] as const;
export const WINDOW_MS = 1_800_000;
/** What the platform does where a queue says nothing. */
const USUAL_ATTEMPTS = 3;

/** Where a call stands; with an agent while one is connected or being asked. */
export function stageOf(card: Card): Stage {
  return card.status === "callback" && card.callback ? card.callback.stage : "hands";
}

/** The time the customer was told. */
export function toldAt(callback: CardCallback): string {
  return callback.told_at ?? callback.due_at;
}

/** How late a call is against what was promised, in seconds; 0 while it is not. */
export function lateBy(callback: CardCallback, now_ms: number): number {
  const latest = callback.not_after ?? toldAt(callback);
  return Math.max(0, (now_ms - Date.parse(latest)) / 1000);
}

/** How often a queue tries to reach somebody. */
export function attemptsOf(queueId: string | null, queues: readonly Queue[] | undefined): number {
  return queues?.find((queue) => queue.id === queueId)?.rules?.callback?.attempts ?? USUAL_ATTEMPTS;
}

export interface Filter {
  queue: string | null;
  stage: Stage | null;
}

export function fitting(calls: readonly PromisedCall[], filter: Filter): readonly PromisedCall[] {
  return calls.filter(
    ({ card }) =>
      (filter.queue === null || card.queue_id === filter.queue) &&
      (filter.stage === null || stageOf(card) === filter.stage),
  );
}

/** The next whole half hour, at least ten minutes ahead, as a `datetime-local` input shows it. */
export function nextHalfHour(now_ms: number): string {
  const at = new Date(Math.ceil((now_ms + 600_000) / WINDOW_MS) * WINDOW_MS);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The half hour from what a `datetime-local` input holds; null when it holds nothing whole. */
export function windowFrom(local: string): { not_before: string; not_after: string } | null {
  const at = new Date(local);
  if (local === "" || Number.isNaN(at.getTime())) return null;
  return {
    not_before: at.toISOString(),
    not_after: new Date(at.getTime() + WINDOW_MS).toISOString(),
  };
}
