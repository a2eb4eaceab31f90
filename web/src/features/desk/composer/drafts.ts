/** Unsent words, per conversation and per mode, safe over a reload and over switching. */
import { useSyncExternalStore } from "react";

export type Mode = "reply" | "note";

const PREFIX = "warmline.draft.";
const KEEP_MS = 7 * 86_400_000;

interface Draft {
  text: string;
  at_ms: number;
}

const listeners = new Set<() => void>();

function key(contact: string, mode: Mode): string {
  return `${PREFIX}${contact}.${mode}`;
}

export function readDraft(contact: string, mode: Mode): string {
  try {
    const stored: Partial<Draft> = JSON.parse(localStorage.getItem(key(contact, mode)) ?? "{}");
    return typeof stored.text === "string" ? stored.text : "";
  } catch {
    return "";
  }
}

/** Keep `text`; nothing is kept of an empty one. */
export function writeDraft(contact: string, mode: Mode, text: string, now_ms = Date.now()): void {
  if (text === "") localStorage.removeItem(key(contact, mode));
  else localStorage.setItem(key(contact, mode), JSON.stringify({ text, at_ms: now_ms } satisfies Draft));
  for (const listener of [...listeners]) listener();
}

/** Drop drafts that nobody came back to for a week. */
export function sweepDrafts(now_ms = Date.now()): void {
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    try {
      const stored: Partial<Draft> = JSON.parse(localStorage.getItem(name) ?? "{}");
      if (now_ms - (stored.at_ms ?? 0) > KEEP_MS) localStorage.removeItem(name);
    } catch {
      localStorage.removeItem(name);
    }
  }
}

export function useHasDraft(contact: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () =>
      localStorage.getItem(key(contact, "reply")) !== null || localStorage.getItem(key(contact, "note")) !== null,
  );
}
