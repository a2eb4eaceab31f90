/** What was said to a customer, and the word that confirms. Pure. */
import type { StoredEvent } from "@/live/events";

export interface Line {
  seq: number;
  at: string;
  who: "customer" | "bot" | "agent" | "note";
  /** The agent's name, when one spoke. */
  name: string | null;
  text: string;
  lang: string | undefined;
}

/** What was said and noted in a contact, in order. */
export function transcriptOf(events: readonly StoredEvent[]): readonly Line[] {
  return events.flatMap(({ seq, at, e }): Line[] => {
    if (e.kind === "note_added") {
      return [{ seq, at, who: "note", name: e.agent_name, text: e.text, lang: undefined }];
    }
    if (e.kind !== "message_sent") return [];
    const who = e.author === "customer" || e.author === "bot" ? e.author : "agent";
    const files = (e.attachments ?? []).map((file) => `📎 ${file.name}`);
    return [
      {
        seq,
        at,
        who,
        name: e.agent_name ?? null,
        text: [e.text, ...files].filter(Boolean).join("\n"),
        lang: e.locale,
      },
    ];
  });
}

/** Whether what was typed is the word that confirms; width, case and outer spaces do not matter. */
export function confirms(typed: string, word: string): boolean {
  const plain = (text: string) => text.normalize("NFKC").trim().toLowerCase();
  return plain(typed) === plain(word);
}
