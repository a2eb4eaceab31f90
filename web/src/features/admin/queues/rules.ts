/** A queue's rules as they are edited. Pure. */
import type { QueueRules, Ring } from "@/api/settings";

export const SELECTIONS = [
  "longest_idle",
  "spare_capacity",
  "round_robin",
  "fewest",
  "best_level",
  "least_occupied",
] as const;
export const MATCHES = ["all", "any"] as const;
export const AT_MAX_WAIT = ["stay", "callback", "message"] as const;

/** What holds when nobody has set anything. */
export const PLAIN_RULES: QueueRules = {
  weight: 1,
  selection: "longest_idle",
  reserve: 0,
  broadcast: 1,
  rings: [],
  relax_skills_after_s: null,
  overflow_queue_id: null,
  overflow_after_s: 300,
  max_wait_s: null,
  at_max_wait: "stay",
  leave_when_empty: false,
  callback: {
    offered: false,
    offer_after_s: 60,
    order: "agent_first",
    attempts: 3,
    retry_s: 600,
    confirm_s: 120,
  },
};

/** A new step, later than those there are. */
export function nextRing(rings: readonly Ring[]): Ring {
  const last_s = rings.at(-1)?.after_s ?? 0;
  return { after_s: last_s + 60, queue_id: null, skills: [], match: "all", teams: [], attributes: [] };
}

/** "a, b" → ["a", "b"]; what is being typed keeps its last comma out of the list only. */
export function listOf(text: string): readonly string[] {
  return [...new Set(text.split(",").map((each) => each.trim()))].filter((each) => each !== "");
}

/** One `name: value` a line → pairs; a line without a colon is a name without a value, for the API to refuse. */
export function pairsOf(text: string): readonly (readonly [string, string])[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const at = line.indexOf(":");
      return at < 0 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    });
}

export function linesOfPairs(pairs: Ring["attributes"]): string {
  return pairs.map(([name = "", value = ""]) => `${name}: ${value}`).join("\n");
}

/** Whether something behind the fold differs from a plain queue: then it is shown. */
export function isAdvanced({ weight, reserve, broadcast, rings }: QueueRules): boolean {
  return weight !== 1 || reserve !== 0 || broadcast !== 1 || rings.length > 0;
}
