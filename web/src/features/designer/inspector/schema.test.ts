/** What is filled in is written as the document is written: what holds its default is left out. */
import { describe, expect, it } from "vitest";
import { type Field, filled, fresh, heldBy, type Shape, turnedInto } from "./schema";

const field = (name: string, rest: Partial<Field> = {}): Field => ({
  name,
  kind: "text",
  required: false,
  optional: false,
  default: "",
  choices: [],
  least: null,
  most: null,
  ...rest,
});

const into = field("into", { kind: "variable", required: true });
const attempts = field("attempts", { kind: "count", default: 3 });
const words = field("words", { kind: "prompt", optional: true, default: null });
const lists = field("no_input", { kind: "prompt_list", default: ["common.no_input"] });
const ASK: Shape = { kind: "ask", tag: "step", leaves_out: true, fields: [into, attempts, words, lists] };

describe("a step in a form", () => {
  it("begins with what is required, and shows defaults it does not hold", () => {
    const step = fresh(ASK);
    expect(step).toEqual({ step: "ask", into: "" });
    expect(heldBy(step, attempts)).toBe(3);
    expect(heldBy(step, lists)).toEqual(["common.no_input"]);
    expect(heldBy({ ...step, words: null }, words)).toBeNull();
  });

  it("leaves a field out again once it holds its default", () => {
    const step = filled(ASK, fresh(ASK), attempts, 5);
    expect(step).toEqual({ step: "ask", into: "", attempts: 5 });
    expect(filled(ASK, step, attempts, 3)).toEqual({ step: "ask", into: "" });
    expect(filled(ASK, step, lists, ["common.no_input"])).toEqual(step);
    expect(filled(ASK, step, into, "")).toHaveProperty("into", "");
  });

  it("keeps the order of its fields, so that a change of one is a change of one line", () => {
    const step = { step: "ask", into: "number", attempts: 5, words: "a.b" };
    expect(Object.keys(filled(ASK, step, attempts, 6))).toEqual(["step", "into", "attempts", "words"]);
    expect(step.attempts).toBe(5);
  });

  it("writes everything where the document writes everything", () => {
    const right = field("right", { kind: "operand", default: null });
    const compare: Shape = { kind: "compare", tag: "cond", leaves_out: false, fields: [right] };
    expect(fresh(compare)).toEqual({ cond: "compare", right: null });
    expect(filled(compare, { cond: "compare", right: 3 }, right, null)).toEqual({ cond: "compare", right: null });
  });
});

it("another kind of answer keeps what both kinds know", () => {
  const most = field("max_length", { kind: "count", default: 32 });
  const digits: Shape = { kind: "digits", tag: "input", leaves_out: true, fields: [most] };
  const email: Shape = { kind: "email", tag: "input", leaves_out: true, fields: [] };
  expect(turnedInto(digits, { input: "text", max_length: 8 })).toEqual({ input: "digits", max_length: 8 });
  expect(turnedInto(email, { input: "text", max_length: 8 })).toEqual({ input: "email" });
});
