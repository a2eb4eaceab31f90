/** How this person likes the desk on this computer: theme, density, single keys, sound. */
import { useSyncExternalStore } from "react";

export interface Preferences {
  theme: "system" | "light" | "dark";
  density: "roomy" | "compact";
  singleKeys: boolean;
  /** Ring loudness, 0 (silent) to 1. */
  volume: number;
  /** Output device of the ring; empty for the system's own. */
  ringDevice: string;
  notifications: boolean;
  /** Where calls are heard: here, or on the desk phone, which is rung instead. */
  callsOn: "browser" | "phone";
  /** Devices of calls; empty for the system's own. */
  microphone: string;
  speaker: string;
}

const STORED = "warmline.preferences";
const DEFAULTS: Preferences = {
  theme: "system",
  density: "roomy",
  singleKeys: true,
  volume: 0.6,
  ringDevice: "",
  notifications: true,
  callsOn: "browser",
  microphone: "",
  speaker: "",
};

function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? "{}");
    return { ...DEFAULTS, ...(typeof stored === "object" ? stored : {}) };
  } catch {
    return DEFAULTS;
  }
}

let current = read();
const listeners = new Set<() => void>();

export function preferences(): Preferences {
  return current;
}

export function applyPreferences(): void {
  const root = document.documentElement;
  if (current.theme === "system") delete root.dataset.theme;
  else root.dataset.theme = current.theme;
  root.dataset.density = current.density;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(STORED, JSON.stringify(current));
  applyPreferences();
  for (const listener of [...listeners]) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
