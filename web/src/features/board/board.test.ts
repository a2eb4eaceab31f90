/** The numbers a supervisor acts on. */
import { describe, expect, it } from "vitest";
import type { Board, BoardAgent, BoardQueue } from "@/live/protocol";
import { groupAgents, isFree, levelState, longestSince, totalsOf, waitingOf, waitState } from "./board";

const AT = "2026-11-21T09:00:00Z";

function queue(id: string, change: Partial<BoardQueue> = {}): BoardQueue {
  return {
    id,
    name: { en: id },
    waiting: 0,
    longest_wait_s: 0,
    offered: 0,
    connected: 0,
    available: 1,
    staffed: 1,
    service_level: null,
    target: 0.8,
    target_s: 60,
    answered_today: 0,
    abandoned_today: 0,
    expected: null,
    unserved: 0,
    later: 0,
    ...change,
  };
}

function agent(name: string, change: Partial<BoardAgent> = {}): BoardAgent {
  const base = { id: name, name, presence: "available" as const, reason: null, since_at: AT };
  return { ...base, load: {}, capacity: { webchat: 3 }, contacts: [], adherence: null, ...change };
}

function board(change: Partial<Board>): Board {
  const ledger = { open: 0, owned: 0, queued: 0, journey: 0, survey: 0, callback: 0, wrap_up: 0 };
  return {
    at: AT,
    queues: [],
    agents: [],
    waiting: [],
    ledger: { ...ledger, orphans: 0, repaired_today: 0, checked_at: AT },
    ...change,
  };
}

describe("a wait", () => {
  it("is long from half the target on, and late beyond it", () => {
    expect([10, 31, 61].map((wait_s) => waitState(wait_s, 60))).toEqual(["ok", "wait", "late"]);
  });

  it("is counted from the board's own time, and only while somebody waits", () => {
    expect(longestSince(queue("orders", { waiting: 1, longest_wait_s: 30 }), AT)).toBe(Date.parse(AT) - 30_000);
    expect(longestSince(queue("orders", { offered: 1, longest_wait_s: 5 }), AT)).toBe(Date.parse(AT) - 5000);
    expect(longestSince(queue("orders", { longest_wait_s: 30 }), AT)).toBeNull();
  });
});

describe("a service level", () => {
  it("is fine on target, close within ten points, late below, and nothing before the first answer", () => {
    expect([0.8, 0.7, 0.69, null].map((level) => levelState(level, 0.8))).toEqual(["ok", "wait", "late", "off"]);
  });
});

describe("the agents", () => {
  it("are free when available with room left", () => {
    expect(isFree(agent("Mina", { load: { webchat: 2 } }))).toBe(true);
    expect(isFree(agent("Mina", { load: { webchat: 3 } }))).toBe(false);
    expect(isFree(agent("Mina", { presence: "away" }))).toBe(false);
  });

  it("on shift come first, and somebody who left with a contact in hand still shows", () => {
    const held = { id: "c", status: "connected" as const, queue_id: "orders", since_at: AT };
    const customer = { id: "x", name: null, known: false };
    const groups = groupAgents([
      agent("Gone", { presence: "offline" }),
      agent("Away", { presence: "away" }),
      agent("Left", { presence: "offline", contacts: [{ ...held, customer }] }),
      agent("Busy", { load: { webchat: 3 } }),
      agent("Idle"),
    ]);
    expect(groups.onShift.map((each) => each.name)).toEqual(["Busy", "Idle", "Away", "Left"]);
    expect(groups.offShift.map((each) => each.name)).toEqual(["Gone"]);
  });

  it("show who is expected and has not come", () => {
    const adherence = { state: "late", since_at: AT, planned: "work", until_at: null } as const;
    const groups = groupAgents([
      agent("Late", { presence: "offline", adherence }),
      agent("Early gone", { presence: "offline", adherence: { ...adherence, state: "resting" } }),
    ]);
    expect(groups.onShift.map((each) => each.name)).toEqual(["Late"]);
  });
});

describe("the waiting list", () => {
  const customer = { id: "x", name: "유나", known: true };
  const base = { customer, intent: null, locale: "ko" as const, priority: 5, expected: null };
  const waiting = [
    { ...base, id: "late", queue_id: "orders", queued_at: "2026-11-21T08:59:00Z" },
    { ...base, id: "first", queue_id: "refunds", queued_at: "2026-11-21T08:50:00Z" },
  ];

  it("puts whoever waits longest on top, and can be narrowed to one queue", () => {
    expect(waitingOf(board({ waiting }), null).map((each) => each.id)).toEqual(["first", "late"]);
    expect(waitingOf(board({ waiting }), "orders").map((each) => each.id)).toEqual(["late"]);
  });
});

describe("the wall", () => {
  it("adds up the queues and names the worst of each kind", () => {
    const totals = totalsOf(
      board({
        queues: [
          queue("orders", {
            waiting: 2,
            longest_wait_s: 20,
            service_level: 0.9,
            target: 0.95,
            expected: { half_s: 20, most_s: 30 },
          }),
          queue("refunds", {
            waiting: 1,
            longest_wait_s: 90,
            service_level: 0.85,
            connected: 4,
            expected: { half_s: 10, most_s: 80 },
          }),
        ],
        agents: [agent("Mina"), agent("Yuki", { presence: "away" }), agent("Emma", { presence: "offline" })],
      }),
    );
    expect(totals).toMatchObject({ waiting: 3, connected: 4, free: 1, on_shift: 2 });
    expect(totals.slowest?.expected.most_s).toBe(80);
    expect(totals.longest?.id).toBe("refunds");
    expect(totals.lowest?.id).toBe("orders");
  });

  it("stays calm when there is nothing to show", () => {
    expect(totalsOf(board({}))).toMatchObject({
      longest: null,
      longest_since: null,
      lowest: null,
      slowest: null,
    });
  });
});
