/** Every decision can be read on the timeline, in the reader's language. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { LOCALES } from "@/i18n/locale";
import { setLocale, t } from "@/i18n/t";
import type { ContactEvent, Why } from "@/live/events";
import { withTexts } from "../texts";
import { factsOfWhy, timelineText } from "./timeline";

const domain = readFileSync(
  join(import.meta.dirname, "../../../../../src/warmline/domain/routing/reasons.py"),
  "utf8",
);
const CODES = [...(/Code = Literal\[([\s\S]*?)\n\]/.exec(domain)?.[1] ?? "").matchAll(/"(\w+)"/g)].map(
  (found) => found[1] ?? "",
);
const names = {
  queue: (id: string | undefined) => (id ? `Q:${id}` : ""),
  agent: (id: string | undefined) => (id === "sora" ? "Sora" : null),
};
const offered = (why: Why): ContactEvent => ({
  kind: "contact_offered",
  offer: { id: "o", agent_id: "mina", expires_at: "2026-11-20T09:05:20Z" },
  reason: "Some English sentence.",
  why,
});
const full: Why = {
  code: "best_level",
  queue_id: "orders",
  waited_s: 95,
  priority: 2,
  skills: [{ skill: "refunds", level: 3 }],
  idle_s: 30,
  ring: 2,
  ring_after_s: 120,
  ring_queue_id: "general",
  measure: 7,
  weight: 2,
  reserved: ["vip"],
  also: 2,
  over_capacity: true,
};

describe.each(LOCALES)("the timeline in %s", (locale) => {
  beforeEach(async () => {
    await setLocale(locale, false);
    await withTexts(Promise.resolve());
  });

  it("knows the codes of the engine", () => {
    expect(CODES).toContain("longest_idle");
    expect(CODES.length).toBeGreaterThanOrEqual(11);
  });

  it.each(CODES)("says why %s was asked, and how long the customer had waited", (code) => {
    const line = timelineText(
      offered({ code, queue_id: "orders", waited_s: 95, idle_s: 30, measure: 4 }),
      names,
      t,
    );
    expect(line).not.toContain("timeline.");
    expect(line).not.toContain("{");
    expect(line).not.toContain("English");
    expect(line).toContain("1:35");
  });

  it("tells rings, reserves, weights, skills and how many desks rang", () => {
    const line = timelineText(offered(full), names, t) ?? "";
    for (const part of ["2:00", "Q:general", "Q:vip", "refunds", "0:30", "7"]) expect(line).toContain(part);
    expect(factsOfWhy(full, names, t)).toHaveLength(11);
    const without = (field: keyof Why) => factsOfWhy({ ...full, [field]: undefined }, names, t).length;
    for (const field of [
      "waited_s",
      "priority",
      "skills",
      "idle_s",
      "measure",
      "weight",
      "reserved",
      "also",
    ] as const)
      expect(without(field), field).toBe(10);
  });

  it("names the supervisor who gave or moved a contact", () => {
    const pushed = timelineText(offered({ code: "pushed", by_agent_id: "x", by_name: "Hana" }), names, t);
    expect(pushed).toContain("Hana");
    const moved: ContactEvent = { kind: "contact_reassigned", by_agent_id: "sora", to_queue_id: "refunds" };
    expect(timelineText(moved, names, t)).toContain("Sora");
    expect(timelineText(moved, names, t)).toContain("Q:refunds");
    const given: ContactEvent = { ...moved, to_queue_id: undefined, to_agent_id: "mina", to_agent_name: "Mina" };
    expect(timelineText({ ...given, force: "connect" }, names, t)).toContain("Mina");
  });

  it("tells the life of a promised call", () => {
    const due_at = "2026-11-20T10:30:00Z";
    const life: ContactEvent[] = [
      {
        kind: "callback_promised",
        queue_id: "orders",
        due_at,
        address_kind: "phone",
        not_before: due_at,
        not_after: "2026-11-20T11:00:00Z",
      },
      { kind: "callback_moved", stage: "later", due_at, why: "rescheduled", by_agent_id: "sora" },
      { kind: "callback_tried", attempt: 2, outcome: "busy" },
      { kind: "callback_closed", outcome: "cancelled", reason: "solved", by_agent_id: "sora" },
      { kind: "search_widened", queue_id: "orders", what: "overflow", after_s: 60, to_queue_id: "general" },
      // biome-ignore lint/suspicious/noThenProperty: the event's own word; a string is no thenable.
      { kind: "wait_limit_reached", queue_id: "orders", after_s: 600, then: "callback" },
      // biome-ignore lint/suspicious/noThenProperty: the event's own word; a string is no thenable.
      { kind: "queue_deserted", queue_id: "orders", why: "closed", then: "message" },
      { kind: "offer_ended", offer_id: "o", agent_id: "mina", outcome: "expired", also: ["yuki"] },
      {
        kind: "offer_passed",
        agent_id: "mina",
        outcome: "declined",
        offer: { id: "o", agent_id: "yuki", expires_at: due_at },
      },
      { kind: "wait_promised", queue_id: "orders", low_s: 60, high_s: 180 },
      { kind: "queue_left", queue_id: "orders" },
    ];
    for (const event of life) {
      const line = timelineText(event, names, t);
      expect(line, event.kind).toBeTruthy();
      expect(line, event.kind).not.toMatch(/timeline\.|\{|undefined/);
    }
    expect(timelineText(life[3] as ContactEvent, names, t)).toContain("Sora");
  });
});
