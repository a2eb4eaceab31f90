/** Ending a conversation can be taken back for five seconds; it is sent when they are over, or when one moves on. */
import { useSyncExternalStore } from "react";
import { sendCommand } from "@/live/commands";
import { liveState, subscribeLive } from "@/live/store";

export const GRACE_MS = 5000;
/** How long an answered end may take to show on the card; after that it was refused, and the conversation goes on. */
export const REFUSED_AFTER_MS = 2000;

/** Contacts that end: a timer while it can be taken back, "sent" from then until the card says so. */
const endings = new Map<string, ReturnType<typeof setTimeout> | "sent">();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of [...listeners]) listener();
}

function forget(contact: string): void {
  if (endings.delete(contact)) tell();
}

/** Keep the contact ending, so that what is written for the wrap-up meanwhile stays, until it has ended. */
function follow(contact: string, cid: string): void {
  let patience: ReturnType<typeof setTimeout> | undefined;
  const done = () => {
    clearTimeout(patience);
    stop();
    forget(contact);
  };
  const stop = subscribeLive(() => {
    const { cards, outbox } = liveState();
    if (cards[contact]?.status !== "connected") done();
    else if (patience === undefined && !outbox.some((each) => each.cid === cid)) {
      patience = setTimeout(done, REFUSED_AFTER_MS);
    }
  });
}

/** Send the end now, if it waits. */
export function sendEndingNow(contact: string): void {
  const timer = endings.get(contact);
  if (timer === undefined || timer === "sent") return;
  clearTimeout(timer);
  endings.set(contact, "sent");
  follow(contact, sendCommand(contact, { kind: "agent_ends" }));
}

/** Returns how long it can be taken back, in ms. */
export function scheduleEnding(contact: string): number {
  if (!endings.has(contact)) {
    endings.set(
      contact,
      setTimeout(() => sendEndingNow(contact), GRACE_MS),
    );
    tell();
  }
  return GRACE_MS;
}

export function cancelEnding(contact: string): void {
  const timer = endings.get(contact);
  if (timer === undefined || timer === "sent") return;
  clearTimeout(timer);
  forget(contact);
}

export function isEnding(contact: string | undefined): boolean {
  return contact !== undefined && endings.has(contact);
}

if (typeof addEventListener === "function") {
  addEventListener("pagehide", () => {
    for (const contact of [...endings.keys()]) sendEndingNow(contact);
  });
}

export function useEnding(contact: string | undefined): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isEnding(contact),
  );
}
