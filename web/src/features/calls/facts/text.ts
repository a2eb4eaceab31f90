/** Facts of a call as lines of a timeline. Pure but for the language. */
import { formatClock, formatNumber } from "@/i18n/format";
import { lookup, type T } from "@/i18n/t";
import type { CallFact } from "@/live/events";

/** Below this the other side was hard to understand; said only then (ITU-T G.107, R-value 70 is MOS 3.6). */
const HARD_TO_HEAR = 3.6;

function joined(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter(Boolean).join(" · ");
}

export function factText(event: CallFact, t: T): string {
  switch (event.kind) {
    case "call_started": {
      const vouched = event.attestation && event.attestation !== "none" ? event.attestation : null;
      return joined(
        lookup(`calls.fact.started.${event.direction}`) ?? t("calls.fact.started.inbound"),
        event.direction === "outbound" ? (event.called ?? event.number) : event.number,
        vouched ? lookup(`calls.attestation.${vouched}`) : null,
      );
    }
    case "call_answered":
      return t(event.machine ? "calls.fact.machine" : "calls.fact.answered");
    case "call_failed":
      return joined(t("calls.fact.failed"), lookup(`calls.result.${event.outcome}`));
    case "call_ended": {
      const poor = event.mos !== undefined && event.mos < HARD_TO_HEAR;
      const sound = event.mos === undefined ? null : t("calls.quality.mos", { mos: formatNumber(event.mos, 1) });
      return joined(
        lookup(`calls.fact.ended.${event.by}`) ?? t("calls.fact.ended"),
        event.seconds ? formatClock(event.seconds) : null,
        sound,
        poor ? t("calls.fact.hard_to_hear") : null,
      );
    }
    case "party_joined":
    case "party_left": {
      const name = event.name || lookup(`calls.party.${event.party_kind}`) || event.party_kind;
      const key = event.kind === "party_joined" ? "joined" : "left";
      const how = lookup(`calls.fact.${key}.${event.mode ?? "talk"}`, { name });
      return how ?? t(`calls.fact.${key}`, { name });
    }
    case "recording_started":
    case "recording_paused":
    case "recording_resumed":
    case "recording_ended":
      return joined(t(`calls.fact.${event.kind}`), event.seconds ? formatClock(event.seconds) : null);
    case "secure_input_started":
      return joined(t("calls.fact.secure_started"), lookup(`calls.secure.what.${event.what}`));
    case "secure_input_ended":
      return joined(
        lookup(`calls.fact.secure.${event.outcome ?? "done"}`) ?? t("calls.fact.secure.done"),
        event.digits ? t("calls.secure.digits", { count: event.digits }) : null,
      );
    case "voicemail_left":
      if (event.again) return t("calls.fact.voicemail_read");
      return joined(t("calls.fact.voicemail"), event.seconds ? formatClock(event.seconds) : null);
    case "hand_on_failed": {
      const number = event.number || t("calls.party.number");
      return joined(
        t(event.consult ? "calls.fact.not_asked" : "calls.fact.not_handed_on", { number }),
        (event.why ? lookup(`errors.${event.why}`) : null) ?? lookup(`calls.result.${event.outcome}`),
      );
    }
    case "voicemail_heard":
      return t("calls.fact.heard", { name: event.agent_name });
    case "voicemail_settled":
      return t(event.open ? "calls.fact.message_open" : "calls.fact.message_done", { name: event.agent_name });
    case "keys_sent":
      return t("calls.fact.keys", { count: event.count });
  }
}
