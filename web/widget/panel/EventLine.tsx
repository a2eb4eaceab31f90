/** What happened around the messages, as quiet lines. */

import type { LineEvent, Row } from "../core/rows";
import { isByMessage } from "../core/state";
import type { Strings } from "../i18n/en";
import { dateAndTime, strings } from "../i18n/strings";
import type { Locale } from "../protocol";
import { usePanel } from "./context";
import { Icon, type IconName } from "./icons";

const ICONS: Record<LineEvent["kind"], IconName> = {
  locale_changed: "globe",
  identity_verified: "shield",
  contact_queued: "clock",
  agent_joined: "person",
  agent_left: "person",
  customer_held: "pause",
  customer_resumed: "check",
  callback_promised: "phone",
  callback_moved: "phone",
  callback_closed: "phone",
  call_started: "phone",
  call_answered: "phone",
  call_ended: "phone",
  recording_started: "record",
  recording_paused: "pause",
  recording_resumed: "record",
  recording_ended: "record",
  contact_ended: "check",
};

export function EventLine({ row }: { row: Extract<Row, { row: "event" }> }) {
  const { state, t } = usePanel();
  return (
    <p class={`event event-${row.e.kind}`}>
      <Icon name={ICONS[row.e.kind]} size={14} />
      <span>{text(row.e, row.passedOn, isByMessage(state), t, state.locale)}</span>
    </p>
  );
}

function text(e: LineEvent, passedOn: boolean, byMessage: boolean, t: Strings, locale: Locale): string {
  switch (e.kind) {
    case "locale_changed":
      return strings(e.locale).localeChanged;
    case "identity_verified":
      return t.verified;
    case "contact_queued":
      return t.queued;
    case "agent_joined":
      return t.joined(e.agent_name);
    case "agent_left":
      return passedOn ? t.passedOn : t.left;
    case "customer_held":
      return t.held;
    case "customer_resumed":
      return t.resumed;
    case "callback_promised":
      if (e.address_kind === "message") return e.due_at ? t.reply(dateAndTime(locale, e.due_at)) : t.replySoon;
      return e.due_at ? t.callback(dateAndTime(locale, e.due_at)) : t.callbackSoon;
    case "callback_moved":
      if (byMessage) return e.due_at ? t.replyMoved(dateAndTime(locale, e.due_at)) : t.replySoon;
      return e.due_at ? t.callMoved(dateAndTime(locale, e.due_at)) : t.callbackSoon;
    case "callback_closed":
      return e.outcome !== "cancelled" ? t.callClosed : byMessage ? t.replyCancelled : t.callCancelled;
    case "call_started":
      return e.direction === "outbound" ? t.phoneTheyCalled : t.phoneYouCalled;
    case "call_answered":
      return t.phoneTalking;
    case "call_ended":
      return t.phoneEnded;
    case "recording_started":
    case "recording_resumed":
      return t.phoneRecorded;
    case "recording_paused":
    case "recording_ended":
      return t.phoneNotRecorded;
    case "contact_ended":
      return t.endedLine;
  }
}
