/** Whoever redraws a condition loses nothing that was said. */
import { describe, expect, it } from "vitest";
import { asKind, asValue, inner, kindOf, valueKind, withOperator } from "./conditions";
import type { Part } from "./schema";

const shipped: Part = {
  cond: "compare",
  left: { value: "var", path: "order.status" },
  op: "==",
  right: "shipped",
};
const known: Part = { cond: "compare", left: { value: "var", path: "order" }, op: "is_set", right: null };

describe("a comparison", () => {
  it("becomes the first of a list, and comes back from it", () => {
    const all = asKind(shipped, "all");
    expect(all).toEqual({ cond: "all", conditions: [shipped] });
    expect(asKind(all, "compare")).toEqual(shipped);
    expect(inner(asKind({ cond: "all", conditions: [known, shipped] }, "any"))).toEqual([known, shipped]);
  });

  it("is denied and affirmed again", () => {
    const not = asKind(shipped, "not");
    expect(not).toEqual({ cond: "not", condition: shipped });
    expect(asKind(not, "compare")).toEqual(shipped);
    expect(kindOf(asKind({ cond: "all", conditions: [known, shipped] }, "not"))).toBe("not");
    expect(inner(asKind({ cond: "all", conditions: [known, shipped] }, "not"))[0]).toEqual({
      cond: "all",
      conditions: [known, shipped],
    });
  });

  it("asks for a list where one of several is meant, and for nothing where it is only known or not", () => {
    expect(withOperator(shipped, "in").right).toEqual(["shipped"]);
    expect(withOperator(withOperator(shipped, "in"), "==").right).toBe("shipped");
    expect(withOperator(shipped, "is_set").right).toBeNull();
    expect(withOperator(known, "==").right).toBe("");
  });
});

it("a value of another kind still says the same where it can", () => {
  expect(asValue("3", "number")).toBe(3);
  expect(asValue(3, "text")).toBe("3");
  expect(asValue("three", "number")).toBe(0);
  expect(asValue("true", "flag")).toBe(true);
  expect(asValue("shipped", "list")).toEqual(["shipped"]);
  expect(asValue(["a", "b"], "text")).toBe("a");
  expect(asValue({ value: "var", path: "x" }, "nothing")).toBeNull();
  for (const kind of ["variable", "text", "number", "flag", "nothing", "list"] as const) {
    expect(valueKind(asValue("x", kind))).toBe(kind);
  }
});
