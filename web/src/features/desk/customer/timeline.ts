/** Earlier contacts of a customer, of every kind. */
export interface TimelineItem {
  /** "contact", "note", …: what kind of thing happened. */
  kind?: string;
  contact_id?: string;
  id?: string;
  at: string;
  channel?: string;
  status?: string;
  intent?: string | null;
  disposition?: string | null;
  summary?: string | null;
  text?: string | null;
  agent?: string | null;
  csat?: number | null;
  disconnect_reason?: string | null;
}

export interface TimelineAnswer {
  items: readonly TimelineItem[];
}

export function timelinePath(customer: string): string {
  return `/customers/${customer}/timeline`;
}
