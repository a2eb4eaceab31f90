/** Cards and events for tests: one Korean customer who asked for an order and then for a person. */
import type { ContactEvent, StoredEvent } from "./events";
import type { Card, Me } from "./protocol";

export const ME: Me = {
  id: "mina",
  name: "박민아",
  roles: ["agent"],
  locale: "ko",
  presence: "available",
  reason: null,
  since_at: "2026-11-20T09:00:00Z",
  next: null,
  capacity: { webchat: 3 },
  load: { webchat: 1 },
  version: 1,
};

export function card(change: Partial<Card> = {}): Card {
  return {
    id: "c1",
    status: "connected",
    channel: "webchat",
    locale: "ko",
    customer: { id: "p1", name: "김서연", known: true },
    intent: "order_status",
    assurance: 2,
    queue_id: "orders",
    priority: 5,
    opened_at: "2026-11-20T09:00:00Z",
    queued_at: "2026-11-20T09:01:00Z",
    connected_at: "2026-11-20T09:02:00Z",
    on_hold_since: null,
    offer: null,
    agent_id: "mina",
    wrap_up: null,
    last_text: null,
    last_author: null,
    last_at: null,
    seq: 0,
    waiting_since: null,
    customer_present: true,
    transfers: 0,
    summary: null,
    ...change,
  };
}

/** Events in a row, a second apart, from `seq` on. */
export function story(events: readonly ContactEvent[], seq = 1, from = "2026-11-20T09:00:00Z"): StoredEvent[] {
  return events.map((e, index) => ({
    seq: seq + index,
    at: new Date(Date.parse(from) + (seq + index - 1) * 1000).toISOString(),
    e,
  }));
}

export function says(author: "customer" | "bot" | "agent", text: string, client_id?: string): ContactEvent {
  return { kind: "message_sent", author, text, ...(client_id ? { client_id } : {}) };
}
