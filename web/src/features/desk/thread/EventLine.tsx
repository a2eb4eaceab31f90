/** What happened between the words, in one quiet line. */
import { Suspense } from "react";
import { CallFact, CallPart } from "@/app/calls";
import { lazy } from "@/app/fetching";
import { formatDateTime, formatTime, languageName } from "@/i18n/format";
import { localText, lookup, type T, useT } from "@/i18n/t";
import type { CallFact as CallEvent, ContactEvent } from "@/live/events";
import { queueName } from "@/live/selectors";
import { methodName, plainWords } from "../names";
import { withTexts } from "../texts";
import { TOLD_BY_CALLS, TOLD_IN_FULL } from "./story";
import styles from "./thread.module.css";

function queue(id: string | undefined): string {
  return localText(queueName(id), id ? plainWords(id) : "");
}

/** The line for an event. */
export function eventText(event: ContactEvent, t: T): string {
  switch (event.kind) {
    case "contact_opened":
      return event.continues ? t("thread.continued") : t("thread.opened");
    case "locale_changed":
      return t("thread.locale_changed", { language: languageName(event.locale) });
    case "identity_verified":
      // After the proof, the shop's customer and ours are found to be one.
      if (event.method === "linked") return t("thread.linked");
      return t("thread.verified", { method: methodName(event.method) });
    case "identity_refused":
      return t(event.locked ? "thread.identity_locked" : "thread.identity_refused", {
        method: methodName(event.method),
      });
    case "contact_queued": {
      const why = lookup(`thread.why.${event.why ?? "journey"}`);
      const queued = t("thread.queued", { queue: queue(event.entry.queue_id) });
      return why && (event.why ?? "journey") !== "journey" ? `${queued} · ${why}` : queued;
    }
    case "contact_offered":
      return t("thread.offered");
    case "agent_joined":
      return t("thread.joined", { name: event.agent_name });
    case "agent_left":
      return lookup(`thread.left.${event.why}`) ?? t("thread.left");
    case "customer_held":
      return t("thread.held");
    case "customer_resumed":
      return t("thread.resumed");
    case "contact_transferred": {
      const where = event.to_queue_id
        ? t("thread.transferred_queue", { queue: queue(event.to_queue_id) })
        : event.to_number
          ? t("thread.transferred_number", { number: event.to_number })
          : t("thread.transferred_agent");
      return event.note ? `${where} · “${event.note}”` : where;
    }
    case "callback_promised":
      return t("thread.callback", { at: formatDateTime(event.due_at) });
    case "guide_finished": {
      const done = t(event.outcome === "closed" ? "thread.guide_closed" : "thread.guide", {
        name: event.agent_name,
        title: event.title,
      });
      return [done, ...(event.filled ?? []).map(({ label, entry }) => `${label}: ${entry}`)].join(" · ");
    }
    case "handed_over":
      return t("thread.handed_over", { count: event.times });
    case "survey_answered":
      return event.comment
        ? t("thread.survey_comment", { score: event.score, comment: event.comment })
        : t("thread.survey", { score: event.score });
    case "contact_ended":
      return lookup(`thread.ended.${event.reason}`) ?? t("thread.ended");
    case "contact_wrapped_up":
      return event.disposition
        ? t("thread.wrapped_as", { disposition: plainWords(event.disposition) })
        : t("thread.wrapped");
    case "contact_repaired":
      return t("thread.repaired");
    default:
      return plainWords(event.kind);
  }
}

const FullLine = lazy(() => withTexts(import("./FullLine")));

export function EventLine({ event, at, contact }: { event: ContactEvent; at: string; contact: string }) {
  const t = useT();
  if (TOLD_BY_CALLS.has(event.kind)) {
    return (
      <div className={styles.line}>
        <CallPart>
          <CallFact event={event as CallEvent} at={at} contact={contact} />
        </CallPart>
      </div>
    );
  }
  return (
    <p className={styles.line}>
      <span>
        {TOLD_IN_FULL.has(event.kind) ? (
          <Suspense fallback={eventText(event, t)}>
            <FullLine event={event} />
          </Suspense>
        ) : (
          eventText(event, t)
        )}
      </span>{" "}
      <time dateTime={at}>{formatTime(at)}</time>
    </p>
  );
}
