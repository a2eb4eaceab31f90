/** Emergencies: what is on at a moment, and what the switch sends. Pure. */
import type { Trilingual } from "@/api/settings";
import type { Emergency } from "@/live/protocol";

export interface Scope {
  queues: readonly string[];
  journeys: readonly string[];
  channels: readonly string[];
}

export const EVERYBODY: Scope = { queues: [], journeys: [], channels: [] };

export interface PreparedMessage {
  id: string;
  version: number;
  name: Trilingual;
  texts: Trilingual;
  spoken: Trilingual | null;
  scope: Scope;
  lasts_s: number;
}

/** Who would hear it, as the API answers. */
export interface Hearing {
  ends_at: string;
  journeys: readonly string[];
  widgets: readonly { key: string; name: Trilingual }[];
  queues: readonly { id: string; name: Trilingual; waiting: number }[];
  waiting_now: number;
  self_service_now: number;
}

export interface Draft {
  prepared_id: string | null;
  texts: Trilingual;
  spoken: Trilingual | null;
  scope: Scope;
  lasts_s: number;
}

/** How long it may last, offered in the switch; a prepared message's own length is among them. */
export const LENGTHS_S = [1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400, 259_200] as const;

export function lengthsWith(lasts_s: number): readonly number[] {
  return [...new Set([...LENGTHS_S, lasts_s])].toSorted((a, b) => a - b);
}

export function draftOf(message: PreparedMessage): Draft {
  const { id, texts, spoken, scope, lasts_s } = message;
  return { prepared_id: id, texts, spoken, scope: { ...EVERYBODY, ...scope }, lasts_s };
}

/** The body of a preview: the end is counted from now. */
export function draftBody(draft: Draft, now_ms: number): object {
  const { texts, spoken, scope, lasts_s } = draft;
  return { texts, spoken, scope, ends_at: new Date(now_ms + lasts_s * 1000).toISOString() };
}

/** What customers are told at this moment; nobody has to tell the desk that it is over. */
export function activeAt<E extends Pick<Emergency, "starts_at" | "ends_at">>(
  emergencies: readonly E[],
  now_ms: number,
): readonly E[] {
  return emergencies.filter((one) => Date.parse(one.starts_at) <= now_ms && now_ms < Date.parse(one.ends_at));
}

/** A list with or without an entry. */
export function toggled(list: readonly string[], entry: string, on: boolean): readonly string[] {
  return on ? [...list.filter((each) => each !== entry), entry] : list.filter((each) => each !== entry);
}
