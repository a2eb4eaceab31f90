/** What the panel of secure input shows. Pure. */
import type { Call } from "@/live/calls";

export type Shown = "choose" | "running" | "outcome" | null;

export function isRunning(secure: Call["secure"]): boolean {
  return secure !== null && secure.outcome === null;
}

/**
 * `wanted`: the agent asks for the panel. `followed`: this page saw it run, and nobody has closed its outcome; to
 * who comes into the call later it is news from long ago, which the timeline tells.
 */
export function shownOf(secure: Call["secure"], wanted: boolean, followed: boolean): Shown {
  if (isRunning(secure)) return "running";
  if (wanted) return "choose";
  return secure !== null && followed ? "outcome" : null;
}
