import { describe, expect, it } from "vitest";
import { type CustomerContact, entriesOf } from "./customers";

const contact = (id: string, opened_at: string): CustomerContact => ({
  id,
  status: "ended",
  channel: "webchat",
  intent: null,
  opened_at,
  ended_at: null,
  disconnect_reason: null,
  disposition: null,
  csat: null,
  agent_id: null,
  agent_names: [],
});

describe("a customer's timeline", () => {
  it("mixes contacts and notes, newest first, without the one in view", () => {
    const entries = entriesOf(
      {
        contacts: [contact("now", "2026-11-20T09:00:00Z"), contact("old", "2026-11-01T09:00:00Z")],
        notes: [{ id: "n", agent_name: "Yuki", text: "VIP", created_at: "2026-11-10T09:00:00Z" }],
      },
      "now",
    );
    expect(entries.map((entry) => entry.type)).toEqual(["note", "contact"]);
  });

  it("holds every contact when none is in view", () => {
    const contacts = [contact("b", "2026-11-01T09:00:00Z"), contact("a", "2026-11-20T09:00:00Z")];
    const entries = entriesOf({ contacts, notes: [] });
    expect(entries.map((entry) => entry.type === "contact" && entry.contact.id)).toEqual(["a", "b"]);
  });
});
