/** A first summary from what is known: reason, what was collected, what self-service tried, how it ended. Pure. */
import type { T } from "@/i18n/t";
import type { StoredEvent } from "@/live/events";
import { dataName, intentName, taskName } from "../names";
import { factsOf, type Trail } from "../thread/story";

const LONGEST_QUOTE = 160;

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}

export function draftSummary(trail: Trail, events: readonly StoredEvent[], t: T): string {
  const lines: string[] = [];
  if (trail.intent) lines.push(t("desk.summary_reason", { reason: intentName(trail.intent, t) }));
  const facts = factsOf(trail.data).map(([name, value]) => `${dataName(name)} ${value}`);
  if (facts.length > 0) lines.push(t("desk.summary_data", { data: facts.join(", ") }));
  const failed = [...trail.tasks].filter(([, task]) => task.outcome === "failed" || task.outcome === "timed_out");
  if (failed.length > 0)
    lines.push(t("desk.summary_failed", { tasks: failed.map(([task]) => taskName(task)).join(", ") }));
  const joined = events.findIndex(({ e }) => e.kind === "agent_joined");
  const after = joined < 0 ? [] : events.slice(joined);
  const asked = after.find(({ e }) => e.kind === "message_sent" && e.author === "customer")?.e;
  const answered = after.findLast(({ e }) => e.kind === "message_sent" && e.author === "agent")?.e;
  if (asked?.kind === "message_sent" && asked.text)
    lines.push(t("desk.summary_asked", { text: shorten(asked.text) }));
  if (answered?.kind === "message_sent" && answered.text) {
    lines.push(t("desk.summary_answered", { text: shorten(answered.text) }));
  }
  return lines.join("\n");
}
