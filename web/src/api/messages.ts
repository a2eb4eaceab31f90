/** Messages left by telephone, as the server lists them. Source: src/warmline/features/messages/api.py. */
import { api } from "./client";
import { refresh } from "./resource";

export const SHOWN = ["open", "handled", "all"] as const;
export type Shown = (typeof SHOWN)[number];
export type Stage = "open" | "done" | "promised" | "taken";

export interface Deed {
  by: string;
  name: string;
  at: string;
}

export interface LeftMessage {
  /** Of its recording. */
  id: string;
  contact_id: string;
  customer: { id: string; name: string | null; known: boolean };
  /** Where to call back; null when the network did not tell. */
  number: string | null;
  left_at: string;
  locale: string;
  intent: string | null;
  queue_id: string | null;
  journey_id: string | null;
  stage: Stage;
  heard: Deed | null;
  done: Deed | null;
  seconds: number | null;
  state: "running" | "ready" | "deleted";
  transcript: string | null;
}

export interface MessagePage {
  items: readonly LeftMessage[];
  next: string | null;
}

/** 100 stands for more. */
export interface MessageCounts {
  open: number;
  unheard: number;
}

export const COUNT_PATH = "/messages/count";

/** Where a page of the list is. */
export function pathOf(shown: Shown, queue: string | null, cursor: string | null): string {
  const wanted = new URLSearchParams({ shown });
  if (queue !== null) wanted.set("queue_id", queue);
  if (cursor !== null) wanted.set("cursor", cursor);
  return `/messages?${wanted}`;
}

/** Everything that shows messages asks again. */
export function refreshMessages(): void {
  refresh("/messages");
}

/** Say that nothing more is to be done about it, or that there is after all. */
export async function settleMessage(id: string, done: boolean): Promise<void> {
  await api.post(`/messages/${id}/${done ? "done" : "reopen"}`, {});
  refreshMessages();
}
