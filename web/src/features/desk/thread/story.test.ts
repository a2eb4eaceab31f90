import { describe, expect, it } from "vitest";
import type { ContactEvent } from "@/live/events";
import { says, story } from "@/live/fixtures";
import { cardsOf, factsOf, itemsOf, trailOf } from "./story";

const moved = (journey_id: string, section: string): ContactEvent => ({
  kind: "journey_moved",
  journey_id,
  version: 1,
  section,
});
const collected = (name: string, value: string): ContactEvent => ({ kind: "data_collected", name, value });

const events = story([
  moved("front-desk", "start"),
  says("bot", "무엇을 도와드릴까요?"),
  says("customer", "주문 조회"),
  { kind: "reason_recognised", intent: "order_status" },
  moved("order-status", "start"),
  moved("order-status", "start"),
  collected("number", "W1"),
  collected("number", "W2611043"),
  collected("order.status", "shipped"),
  { kind: "task_started", task_id: "t", task: "orders.find", attempt: 2 },
  { kind: "task_ended", task_id: "t", task: "orders.find", outcome: "timed_out" },
  { kind: "identity_refused", method: "one_time_code" },
  { kind: "identity_verified", level: 2, method: "one_time_code" },
  { kind: "contact_queued", entry: { queue_id: "orders" } },
  { kind: "agent_joined", agent_id: "mina", agent_name: "박민아" },
  says("agent", "안녕하세요"),
  says("agent", "확인해 볼게요"),
  { kind: "note_added", agent_id: "mina", agent_name: "박민아", text: "창고 지연" },
  says("customer", "네"),
]);

describe("the trail of self-service", () => {
  const trail = trailOf(events);

  it("shows each place once, the reason, and the last value of each answer", () => {
    expect(trail.path.map((step) => step.journey)).toEqual(["front-desk", "order-status"]);
    expect(trail.intent).toBe("order_status");
    expect(trail.data.get("number")).toBe("W2611043");
  });

  it("tells how checks and look-ups ended", () => {
    expect(trail.checks.map((check) => check.ok)).toEqual([false, true]);
    expect(trail.tasks.get("orders.find")).toEqual({ outcome: "timed_out", reason: null, attempts: 2 });
  });

  it("makes cards of things and leaves plain answers as facts", () => {
    expect(cardsOf(trail.data).get("order")?.get("status")).toBe("shipped");
    expect(factsOf(trail.data)).toEqual([["number", "W2611043"]]);
    expect(cardsOf(new Map([["order", '{"number":"W1","items":[]}']])).get("order")).toEqual(
      new Map([["number", "W1"]]),
    );
  });
});

describe("the thread", () => {
  const items = itemsOf(events);

  it("begins with the day and keeps machine steps out of the way", () => {
    expect(items[0]?.type).toBe("day");
    expect(items.some((item) => item.type === "line" && item.event.kind === "journey_moved")).toBe(false);
  });

  it("puts one heading over what an agent says in one go", () => {
    const mine = items.filter((item) => item.type === "message" && item.message.author === "agent");
    expect(mine.map((item) => item.type === "message" && item.follows)).toEqual([false, true]);
  });

  it("keeps a note a note", () => {
    expect(items.filter((item) => item.type === "note")).toHaveLength(1);
  });
});
