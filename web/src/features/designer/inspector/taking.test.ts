/** What is taken back together: letters of one place; all else by itself. */
import { describe, expect, it } from "vitest";
import { DesignerStore } from "../model/designer";
import { setField } from "../model/operations";
import type { JourneyJson } from "../seams";
import { AT_ONCE, inside, type Within } from "./taking";

const journey: JourneyJson = {
  id: "orders",
  sections: { start: [{ step: "menu", prompt: "orders.which", options: [] }] },
  on_error: [],
};

function opened() {
  const store = new DesignerStore({ id: "orders", journey, base_version: 1, editable: true });
  const options = (listed: readonly string[], within: Within) =>
    store.edit({
      label: "inspector.did.field",
      merge: within === null ? undefined : `inspector start/0 ${within}`,
      apply: (now) => setField(now, "start/0", "options", listed),
    });
  return { store, options, steps: () => store.state().past.length };
}

describe("changes of a list in a form", () => {
  it("names the place in which somebody types, however deep", () => {
    expect(inside("options", inside(2, inside("label")))).toBe("options/2/label");
    expect(inside("options", inside(2, AT_ONCE))).toBe(AT_ONCE);
  });

  it("takes letters typed in one option back as one, those of another by themselves", () => {
    const { options, steps } = opened();
    options(["a"], inside("options", inside(0, inside("value"))));
    options(["ab"], inside("options", inside(0, inside("value"))));
    expect(steps()).toBe(1);
    options(["ab", "c"], inside("options", inside(1, inside("value"))));
    expect(steps()).toBe(2);
  });

  it("takes every option that was added, moved or removed back by itself, and typing between them, too", () => {
    const { store, options, steps } = opened();
    options(["a"], AT_ONCE);
    options(["a", "b"], AT_ONCE);
    options(["a", "bc"], inside("options", inside(1, inside("value"))));
    options(["bc"], AT_ONCE);
    options(["bcd"], inside("options", inside(0, inside("value"))));
    expect(steps()).toBe(5);
    store.undo();
    store.undo();
    expect(store.state().journey.sections.start?.[0]?.options).toEqual(["a", "bc"]);
  });
});
