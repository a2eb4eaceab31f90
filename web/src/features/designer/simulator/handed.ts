/** A saved conversation on its way into the simulator, from whoever shows it. */
import { useSyncExternalStore } from "react";
import type { Talk } from "./talk";

let given: Talk | null = null;
let count = 0;
const listeners = new Set<() => void>();

/** Hand a conversation over; the simulator takes it as soon as it is shown. */
export function handOver(talk: Talk): void {
  given = talk;
  count += 1;
  for (const listener of listeners) listener();
}

export function takeHanded(): Talk | null {
  const taken = given;
  given = null;
  return taken;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How many were handed over so far. */
export function useHanded(): number {
  return useSyncExternalStore(subscribe, () => count);
}
