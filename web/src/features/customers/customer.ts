/** A customer as `GET /customers/{id}` tells it, and the story it makes. Pure. */
import type { StoredEvent } from "@/live/events";

export interface CustomerContact {
  id: string;
  status: string;
  channel: string;
  intent: string | null;
  opened_at: string;
  ended_at: string | null;
  disconnect_reason: string | null;
  disposition: string | null;
  csat: number | null;
  agent_id: string | null;
  /** Everybody who handled it, in the order they came. */
  agent_names: readonly string[];
}

export interface CustomerNote {
  id: string;
  agent_name: string | null;
  text: string;
  created_at: string;
}

export interface Customer {
  id: string;
  known: boolean;
  locale: string | null;
  profile: {
    name: string | null;
    reference: string | null;
    tier: string | null;
    attributes: Readonly<Record<string, string>>;
  };
  addresses: readonly { id: string; kind: string; value: string; verified_at: string | null }[];
  contacts: readonly CustomerContact[];
  notes: readonly CustomerNote[];
  merged: readonly string[];
  created_at: string;
  erased_at: string | null;
}

export type Entry =
  | { type: "contact"; at: string; contact: CustomerContact }
  | { type: "note"; at: string; note: CustomerNote };

/** Contacts and notes in one line of time, newest first. */
export function entriesOf({ contacts, notes }: Pick<Customer, "contacts" | "notes">): readonly Entry[] {
  const entries: Entry[] = [
    ...contacts.map((contact): Entry => ({ type: "contact", at: contact.opened_at, contact })),
    ...notes.map((note): Entry => ({ type: "note", at: note.created_at, note })),
  ];
  return entries.sort((a, b) => b.at.localeCompare(a.at));
}

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
