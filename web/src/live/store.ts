/** The one live store: holds the state, tells components, keeps unacknowledged work over a reload. */
import { useSyncExternalStore } from "react";
import { restoreOutbox } from "./outbox";
import { emptyState, type LiveAction, type LiveState, reduce } from "./state";

const OUTBOX_KEY = "warmline.outbox";

let state: LiveState = emptyState(restoreOutbox(sessionStorage.getItem(OUTBOX_KEY)));
const listeners = new Set<() => void>();

export function liveState(): LiveState {
  return state;
}

export function dispatch(action: LiveAction): void {
  const next = reduce(state, action);
  if (next === state) return;
  if (next.outbox !== state.outbox) sessionStorage.setItem(OUTBOX_KEY, JSON.stringify(next.outbox));
  state = next;
  for (const listener of [...listeners]) listener();
}

export function resetLive(): void {
  sessionStorage.removeItem(OUTBOX_KEY);
  state = emptyState();
  for (const listener of [...listeners]) listener();
}

export function subscribeLive(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Read a part of the live state. `select` must return the same value for the same state (no new objects). */
export function useLive<V>(select: (state: LiveState) => V): V {
  return useSyncExternalStore(subscribeLive, () => select(state));
}

/** The server's time now, in ms: all deadlines are the server's. */
export function serverNow_ms(now_ms = Date.now()): number {
  return now_ms + state.clock_offset_ms;
}
