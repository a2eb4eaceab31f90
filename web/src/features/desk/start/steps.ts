/** The five things of the first five minutes, and how one sees that they were done. */
import type { LiveState } from "@/live/state";

export const STEPS = ["shift", "accept", "reply", "note", "finish"] as const;
export type Step = (typeof STEPS)[number];

const STORED = "warmline.checklist";
const BY_COMMAND: Readonly<Record<string, Step>> = {
  accept_offer: "accept",
  agent_message: "reply",
  add_note: "note",
  finish_wrap_up: "finish",
};

/** Steps that show in this state: presence, and commands on their way. */
export function stepsOf(state: LiveState): ReadonlySet<Step> {
  const found = new Set<Step>();
  if (state.me?.presence === "available") found.add("shift");
  for (const { frame } of state.outbox) {
    const step = frame.t === "cmd" ? BY_COMMAND[frame.c.kind] : undefined;
    if (step) found.add(step);
  }
  return found;
}

export function readSteps(): ReadonlySet<Step | "closed"> {
  const stored = (localStorage.getItem(STORED) ?? "").split(",");
  return new Set([...STEPS, "closed" as const].filter((step) => stored.includes(step)));
}

export function writeSteps(steps: ReadonlySet<Step | "closed">): void {
  localStorage.setItem(STORED, [...steps].join(","));
}
