/** What the timeline tells beyond the words said: why somebody was asked, who moved whom, what became of a call. */
import { formatClock, formatDateTime, formatTime } from "@/i18n/format";
import { lookup, type T } from "@/i18n/t";
import type { ContactEvent, Why } from "@/live/events";
import { plainWords } from "../names";

export interface Names {
  queue: (id: string | undefined) => string;
  agent: (id: string | undefined) => string | null;
}

const MEASURES: ReadonlySet<string> = new Set(["spare_capacity", "fewest", "best_level"]);

/** The facts behind the choice of an agent, each a few words; what is usual is left out. */
export function factsOfWhy(why: Why, names: Names, t: T): readonly string[] {
  const facts: string[] = [];
  if (why.waited_s) facts.push(t("timeline.fact.waited", { waited: formatClock(why.waited_s) }));
  if (why.by_agent_id) {
    const name = why.by_name || names.agent(why.by_agent_id) || t("timeline.supervisor");
    facts.push(t("timeline.fact.by", { name }));
  }
  if (why.over_capacity) facts.push(t("timeline.fact.over_capacity"));
  if (why.code === "least_busy") facts.push(t("timeline.fact.busy", { count: why.busy ?? 0 }));
  if (why.idle_s) facts.push(t("timeline.fact.idle", { idle: formatClock(why.idle_s) }));
  if (why.measure !== undefined) {
    if (why.code === "least_occupied") {
      facts.push(t("timeline.fact.least_occupied", { time: formatClock(why.measure) }));
    } else if (why.code && MEASURES.has(why.code)) {
      facts.push(lookup(`timeline.fact.${why.code}`, { count: why.measure }) ?? "");
    }
  }
  if (why.ring) {
    facts.push(t("timeline.fact.ring", { ring: why.ring, after: formatClock(why.ring_after_s ?? 0) }));
    if (why.ring_queue_id && why.ring_queue_id !== why.queue_id) {
      facts.push(t("timeline.fact.ring_queue", { queue: names.queue(why.ring_queue_id) }));
    }
  }
  if (why.skills && why.skills.length > 0) {
    const skills = why.skills
      .map(({ skill, level }) => t("timeline.fact.skill", { skill: plainWords(skill), level: level ?? 1 }))
      .join(", ");
    facts.push(t("timeline.fact.skills", { skills }));
  }
  if (why.priority !== undefined && why.priority !== 5) {
    facts.push(t("timeline.fact.priority", { priority: why.priority }));
  }
  if (why.weight !== undefined && why.weight !== 1) {
    facts.push(t("timeline.fact.weight", { weight: why.weight }));
  }
  if (why.reserved && why.reserved.length > 0) {
    facts.push(t("timeline.fact.reserved", { queues: why.reserved.map((id) => names.queue(id)).join(", ") }));
  }
  if (why.also) facts.push(t("timeline.fact.also", { count: why.also }));
  return facts;
}

function joined(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter(Boolean).join(" · ");
}

/** The line of an event that only a fuller timeline tells; null for every other event. */
export function timelineText(event: ContactEvent, names: Names, t: T): string | null {
  switch (event.kind) {
    case "contact_offered": {
      const why = event.why ?? {};
      const code = why.code ? (lookup(`timeline.offered.${why.code}`) ?? event.reason) : event.reason;
      return joined(t("thread.offered"), code, ...factsOfWhy(why, names, t));
    }
    case "offer_passed":
      return lookup(`timeline.passed.${event.outcome}`, { count: 1 + (event.offer.also?.length ?? 0) }) ?? null;
    case "offer_ended": {
      const rang = event.also?.length ? t("timeline.rang_at", { count: 1 + event.also.length }) : null;
      const ended = lookup(`timeline.offer_ended.${event.outcome}`);
      return ended ? joined(ended, event.outcome === "expired" ? rang : null) : null;
    }
    case "queue_left":
      return t("timeline.queue_left", { queue: names.queue(event.queue_id) });
    case "wait_promised":
      return t("timeline.wait_promised", { low: formatClock(event.low_s), high: formatClock(event.high_s) });
    case "search_widened": {
      const said = lookup(`timeline.widened.${event.what}`, {
        after: formatClock(event.after_s),
        queue: names.queue(event.to_queue_id),
      });
      const teams = event.teams?.length ? t("timeline.widened.teams", { teams: event.teams.join(", ") }) : null;
      return joined(said, teams);
    }
    case "wait_limit_reached":
      return lookup(`timeline.limit.${event.then}`, { after: formatClock(event.after_s) }) ?? null;
    case "queue_deserted":
      return joined(lookup(`timeline.deserted.${event.why}`), lookup(`timeline.then.${event.then}`));
    case "contact_reassigned": {
      const by = event.by_name || names.agent(event.by_agent_id) || t("timeline.supervisor");
      const to = event.to_queue_id
        ? t("timeline.reassigned.queue", { queue: names.queue(event.to_queue_id) })
        : t("timeline.reassigned.agent", {
            name: event.to_agent_name || names.agent(event.to_agent_id) || t("timeline.colleague"),
          });
      const force = event.force ? lookup(`timeline.reassigned.${event.force}`) : null;
      return joined(`${t("timeline.reassigned", { name: by })} ${to}`, force);
    }
    default:
      return callbackText(event, names, t);
  }
}

function callbackText(event: ContactEvent, names: Names, t: T): string | null {
  switch (event.kind) {
    case "callback_promised": {
      const said =
        event.not_before && event.not_after
          ? t("timeline.callback_window", {
              from: formatDateTime(event.not_before),
              to: formatTime(event.not_after),
            })
          : t("timeline.callback_promised", { at: formatDateTime(event.due_at) });
      const way = t(event.address_kind === "phone" ? "timeline.by_phone" : "timeline.by_message");
      return joined(said, way, event.by === "system" ? t("timeline.by.system") : null);
    }
    case "callback_moved": {
      const why = lookup(`timeline.moved.${event.why}`) ?? plainWords(event.why);
      const by = event.by_agent_id ? (names.agent(event.by_agent_id) ?? t("timeline.supervisor")) : null;
      return joined(
        t("timeline.callback_moved", { why, at: formatDateTime(event.due_at) }),
        by ? t("timeline.fact.by", { name: by }) : null,
      );
    }
    case "callback_tried":
      return lookup(`timeline.tried.${event.outcome}`, { count: event.attempt }) ?? null;
    case "callback_closed": {
      const by = event.by_agent_id ? (names.agent(event.by_agent_id) ?? t("timeline.colleague")) : null;
      return joined(
        lookup(`timeline.closed.${event.outcome}`),
        event.reason ? lookup(`timeline.why.${event.reason}`) : null,
        by ? t("timeline.closed_by", { name: by }) : null,
      );
    }
    default:
      return null;
  }
}
