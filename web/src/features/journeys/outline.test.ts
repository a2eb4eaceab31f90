/** A journey read from top to bottom, as a customer would walk it. */
import { describe, expect, it } from "vitest";
import { everyStep, type JourneyDocument, outlineOf, spellCondition } from "./outline";

const variable = (path: string) => ({ value: "var", path });

const journey: JourneyDocument = {
  id: "order-status",
  // As a database keeps objects: keys in no order of meaning.
  sections: {
    agent: [{ step: "enqueue", queue: "orders", overflow: [{ step: "goto", section: "late" }] }],
    late: [{ step: "end", prompt: "orders.late", reason: "message_taken" }],
    alone: [{ step: "end", prompt: "orders.bye" }],
    start: [
      { step: "say", prompt: "orders.hello" },
      {
        step: "menu",
        prompt: "orders.menu",
        // biome-ignore lint/suspicious/noThenProperty: the document's own word for an option's steps.
        options: [{ value: "track", label: "orders.track", then: [{ step: "goto", section: "agent" }] }],
        give_up: [{ step: "goto", section: "agent" }],
      },
    ],
  },
  on_error: [{ step: "goto", section: "agent" }],
};

describe("the outline", () => {
  it("begins where customers begin, follows them, and ends with what happens on errors", () => {
    expect(outlineOf(journey).map((section) => section.id)).toEqual([
      "start",
      "agent",
      "late",
      "alone",
      "on_error",
    ]);
  });

  it("shows a menu's options by their label, then what happens without an answer", () => {
    const menu = outlineOf(journey)[0]?.steps[1];
    expect(menu?.branches.map(({ name, label }) => [name, label])).toEqual([
      ["option", "orders.track"],
      ["give_up", null],
    ]);
    expect(menu?.attempts).toBe(3);
    expect(menu?.branches[0]?.steps[0]).toMatchObject({ goto: "agent", path: "start/1/option:track/0" });
  });

  it("counts the steps in every branch", () => {
    const start = outlineOf(journey)[0];
    expect(start?.count).toBe(4);
    expect(everyStep(start?.steps ?? []).map((step) => step.kind)).toEqual(["say", "menu", "goto", "goto"]);
  });

  it("fills in what the document leaves to its defaults", () => {
    expect(outlineOf(journey)[1]?.steps[0]).toMatchObject({ detail: "orders", overflow_s: 900 });
    expect(outlineOf(journey)[3]?.steps[0]?.detail).toBe("contained");
  });
});

describe("a condition", () => {
  it("reads like a sentence", () => {
    const late = { cond: "compare", left: variable("order.late"), op: "==", right: true };
    const known = { cond: "compare", left: variable("order"), op: "is_set" };
    expect(spellCondition(late)).toBe("order.late == true");
    expect(spellCondition({ cond: "all", conditions: [known, { cond: "not", condition: late }] })).toBe(
      "(order ✓ ∧ ¬ order.late == true)",
    );
    expect(
      spellCondition({ cond: "compare", left: variable("status"), op: "in", right: ["shipped", "delivered"] }),
    ).toBe("status in “shipped”, “delivered”");
  });
});
