/** Ending a conversation can be taken back for five seconds; it is sent when they are over, or when one moves on. */
import { useSyncExternalStore } from "react";
import { sendCommand } from "@/live/commands";

export const GRACE_MS = 5000;

const scheduled = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of [...listeners]) listener();
}

/** Send the end now, if it waits. */
export function sendEndingNow(contact: string): void {
  const timer = scheduled.get(contact);
  if (timer === undefined) return;
  clearTimeout(timer);
  scheduled.delete(contact);
  sendCommand(contact, { kind: "agent_ends" });
  tell();
}

/** Returns how long it can be taken back, in ms. */
export function scheduleEnding(contact: string): number {
  if (!scheduled.has(contact)) {
    scheduled.set(
      contact,
      setTimeout(() => sendEndingNow(contact), GRACE_MS),
    );
    tell();
  }
  return GRACE_MS;
}

export function cancelEnding(contact: string): void {
  clearTimeout(scheduled.get(contact));
  if (scheduled.delete(contact)) tell();
}

if (typeof addEventListener === "function") {
  addEventListener("pagehide", () => {
    for (const contact of [...scheduled.keys()]) sendEndingNow(contact);
  });
}

export function useEnding(contact: string | undefined): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => contact !== undefined && scheduled.has(contact),
  );
}
