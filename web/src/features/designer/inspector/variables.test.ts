/** Suggestions are the variables that steps of this journey fill in. */
import { expect, it } from "vitest";
import type { JourneyJson } from "../seams";
import { isKnown, variablesOf } from "./variables";

const JOURNEY: JourneyJson = {
  id: "status",
  parameters: ["caller_number"],
  on_error: [],
  sections: {
    start: [
      { step: "ask", into: "number", prompt: "a.b", expect: { input: "text" }, give_up: [] },
      {
        step: "invoke",
        task: "orders.find",
        into: "order",
        failed: [{ step: "set", into: "tried", value: true }],
      },
      { step: "show", title: "a.t", fields: [{ into: "reason", label: "a.l", expect: { input: "text" } }] },
      {
        step: "menu",
        prompt: "a.m",
        // biome-ignore lint/suspicious/noThenProperty: the document's own word for an option's steps.
        options: [{ value: "x", label: "a.x", then: [{ step: "set", into: "way" }] }],
      },
    ],
  },
};
const TASK = { declared: true, required: [], optional: [], secret: [], answers: [] };
const TASKS = [{ ...TASK, id: "orders.find", fields: ["eta", "status"] }];

it("a designer is offered parameters, answers, fields of tasks and of forms, from all branches", () => {
  expect(variablesOf(JOURNEY, TASKS).map(({ path, from }) => `${path} ${from}`)).toEqual([
    "caller_number parameter",
    "number ask",
    "order invoke",
    "order.eta invoke",
    "order.status invoke",
    "reason show",
    "tried set",
    "way set",
  ]);
});

it("a step that names its fields offers those alone", () => {
  const step = { step: "invoke", task: "orders.find", into: "order", result: ["status"], failed: [] };
  const journey: JourneyJson = { id: "x", on_error: [], sections: { start: [step] } };
  expect(variablesOf(journey, TASKS).map(({ path }) => path)).toEqual(["order", "order.status"]);
});

it("a part of a record is known with the record, another name is not", () => {
  const variables = variablesOf(JOURNEY, TASKS);
  expect(isKnown(variables, "order.items.0")).toBe(true);
  expect(isKnown(variables, "orders")).toBe(false);
});
