/** A customer as `GET /customers/{id}` tells it, and the story it makes. Pure. */

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

export function customerPath(id: string): string {
  return `/customers/${id}`;
}

/** Contacts of every kind and notes in one line of time, newest first; without the contact `except`. */
export function entriesOf(
  { contacts, notes }: Pick<Customer, "contacts" | "notes">,
  except?: string,
): readonly Entry[] {
  const entries: Entry[] = [
    ...contacts
      .filter((contact) => contact.id !== except)
      .map((contact): Entry => ({ type: "contact", at: contact.opened_at, contact })),
    ...notes.map((note): Entry => ({ type: "note", at: note.created_at, note })),
  ];
  return entries.sort((a, b) => b.at.localeCompare(a.at));
}
