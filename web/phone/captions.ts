/** What is said on the line, as lines of text. Pure. */

import type { State } from "../widget/core/state";
import type { Strings } from "../widget/i18n/en";
import type { Author } from "../widget/protocol";

export interface Caption {
  key: string;
  author: Author | "event";
  name: string | null;
  text: string;
  lang: string | null;
  /** What one may press or say now. */
  choices: readonly { key: string; label: string }[];
}

/** What is told of what happens on the line. Who is handed on outside talks on when the contact has ended. */
export function happened(words: Strings): (kind: string, name: string | null) => string | null {
  const say: Record<string, (name: string | null) => string> = {
    contact_queued: () => words.queued,
    agent_joined: (name) => words.joined(name ?? words.agent),
    customer_held: () => words.phoneHeld,
    recording_started: () => words.phoneRecorded,
    recording_paused: () => words.phoneNotRecorded,
    recording_resumed: () => words.phoneRecorded,
    call_ended: () => words.phoneEnded,
  };
  return (kind, name) => say[kind]?.(name) ?? null;
}

/** The lines of the contact that is on the phone, or was last; the choices belong to the newest question only. `pressedZero`: how the wish
 * for a person is told. */
export function captionsOf(
  state: State,
  event: (kind: string, name: string | null) => string | null,
  pressedZero = "0",
): Caption[] {
  const contact = state.contact?.id;
  const lines: Caption[] = [];
  for (const item of state.items) {
    if (item.contact !== contact) continue;
    const { e } = item;
    const key = `${item.contact}-${item.seq}`;
    if (e.kind === "message_sent") {
      const choices = (e.quick_replies ?? []).map((reply, index) => ({ key: `${index + 1}`, label: reply.label }));
      const text = e.author === "customer" && e.text === "0" ? pressedZero : e.text;
      lines.push({ key, author: e.author, name: e.agent_name ?? null, text, lang: e.locale ?? null, choices });
      continue;
    }
    const text = event(e.kind, e.kind === "agent_joined" ? e.agent_name : null);
    if (text) lines.push({ key, author: "event", name: null, text, lang: null, choices: [] });
  }
  const open = state.contact?.status === "ended" ? -1 : lines.findLastIndex((line) => line.author !== "event");
  return lines.map((line, index) => (index === open && line.author === "bot" ? line : { ...line, choices: [] }));
}
