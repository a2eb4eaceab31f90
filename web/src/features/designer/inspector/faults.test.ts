/** A designer reads at the field what cannot be, before anything is walked. */
import { describe, expect, it } from "vitest";
import type { Json } from "../seams";
import { type Around, faultOf } from "./faults";
import { type Names, NO_NAMES } from "./names";
import type { Field, FieldKind, Part } from "./schema";

const NAMES: Names = {
  ...NO_NAMES,
  queues: [{ id: "orders", name: { ko: "주문", ja: "注文", en: "Orders" } }],
  skills: [{ id: "refunds", name: {}, level: 3 }],
  tasks: [
    {
      id: "orders.find",
      declared: true,
      required: ["number"],
      optional: ["locale"],
      secret: [],
      answers: [],
      fields: ["status"],
    },
    { id: "echo", declared: false, required: [], optional: [], secret: [], answers: [], fields: [] },
  ],
  journeys: [{ id: "verify", kind: "module", title: "", parameters: ["subject"] }],
};

function wrong(kind: FieldKind, value: Json, rest: Partial<Field> = {}, part: Part = {}): string | null {
  const field: Field = {
    name: "x",
    kind,
    required: true,
    optional: false,
    default: null,
    choices: [],
    least: null,
    most: null,
    ...rest,
  };
  const around: Around = {
    names: NAMES,
    sections: ["start", "agent"],
    variables: [{ path: "order.status", from: "invoke" }],
    part,
  };
  return faultOf(field, value, around)?.key.replace("inspector.fault.", "") ?? null;
}

describe("a name", () => {
  it("must be filled in and must be there", () => {
    expect(wrong("queue", "")).toBe("empty");
    expect(wrong("queue", "", { required: false })).toBeNull();
    expect(wrong("queue", "order")).toBe("queue");
    expect(wrong("queue", "orders")).toBeNull();
    expect(wrong("section", "agents")).toBe("section");
    expect(wrong("module", "verify")).toBeNull();
    expect(wrong("prompt", "greeting")).toBe("prompt_key");
    expect(wrong("prompt", "order.greeting")).toBeNull();
    expect(wrong("region", "Korea")).toBe("region");
  });

  it("of the section for people must be there in a journey only: in others nobody may ask for a person", () => {
    const of = (part: Part) => wrong("section", "people", { name: "agent_section", default: "agent" }, part);
    expect([of({}), of({ kind: "journey" })]).toEqual(["section", "section"]);
    expect(["module", "guide", "help"].map((kind) => of({ kind }))).toEqual([null, null, null]);
  });
});

describe("a variable", () => {
  it("is written without spaces and read only where something fills it in", () => {
    expect(wrong("variable", "order number")).toBe("variable");
    expect(wrong("variable", "주문.번호")).toBeNull();
    expect(wrong("value", { value: "var", path: "order.total" })).toBeNull();
    expect(wrong("value", { value: "var", path: "ordr.total" })).toBe("unset");
    expect(wrong("value", { value: "var", path: "" })).toBe("empty");
    expect(wrong("value", null)).toBeNull();
    expect(wrong("value", "shipped")).toBeNull();
  });
});

describe("a number", () => {
  it("lies in its range, and is whole where things are counted", () => {
    expect(wrong("count", 21, { least: 1, most: 20 })).toBe("range");
    expect(wrong("count", 2.5, { least: 1, most: 20 })).toBe("whole");
    expect(wrong("seconds", 0.1, { least: 0.1, most: 60 })).toBeNull();
    expect(wrong("count", 0, { least: 1 })).toBe("least");
    expect(wrong("seconds", null, { optional: true })).toBeNull();
    expect(wrong("seconds", null)).toBe("number");
  });
});

describe("options", () => {
  it("are there, and are told apart", () => {
    expect(wrong("options", [])).toBe("no_options");
    expect(wrong("options", [], { required: false })).toBeNull();
    expect(wrong("options", [{ value: "a" }, { value: "a" }])).toBe("twice");
    expect(wrong("options", [{ value: "a" }, { value: "b" }])).toBeNull();
  });
});

describe("what is handed over", () => {
  it("is what the task or module takes", () => {
    const find = { step: "invoke", task: "orders.find" };
    expect(wrong("args", {}, {}, find)).toBe("argument_missing");
    expect(wrong("args", { number: 1, locale: "ko" }, {}, find)).toBeNull();
    expect(wrong("args", { number: 1, colour: "red" }, {}, find)).toBe("argument_unknown");
    expect(wrong("args", { anything: 1 }, {}, { step: "invoke", task: "echo" })).toBeNull();
    expect(wrong("args", {}, {}, { step: "call", module: "verify" })).toBe("argument_missing");
  });

  it("asks for skills at levels that somebody has", () => {
    const levels = { least: 1, most: 5 };
    expect(wrong("skills", { refunds: 3 }, levels)).toBeNull();
    expect(wrong("skills", { refunds: 4 }, levels)).toBe("skill_level");
    expect(wrong("skills", { refunds: 6 }, levels)).toBe("range");
    expect(wrong("skills", { sales: 1 }, levels)).toBe("skill");
  });
});
