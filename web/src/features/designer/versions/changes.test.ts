import { beforeAll, describe, expect, it } from "vitest";
import { DESIGNER } from "@/i18n/designer";
import { OFFICE } from "@/i18n/office";
import { loadTexts, setLocale } from "@/i18n/t";
import type { JourneyJson } from "../seams";
import { type Change, changeName, changeSection, keyOfChange, layerOf, tally, valueName } from "./changes";

const TEXTS = new Map([["hello.hi", "Hello!"]]);
const JOURNEY: JourneyJson = {
  id: "hello",
  on_error: [],
  sections: { start: [{ step: "say", prompt: "hello.hi" }], agent: [] },
};

function change(kind: Change["kind"], path: string | null, before: string | null, step = "say"): Change {
  return { kind, what: "step", path, before, step, fields: [], own: {}, near: null };
}

beforeAll(async () => {
  await setLocale("en", false);
  await Promise.all([loadTexts(DESIGNER), loadTexts(OFFICE)]);
});

describe("changes on the canvas", () => {
  it("what came stands at its step, and what is gone is counted behind what stands before its place", () => {
    const gone = (before: string, near: string | null): Change => ({ ...change("removed", null, before), near });
    const changes = [
      change("added", "start/0", null),
      gone("start/4/failed/0", "start/0"),
      gone("start/5", "start/0"),
      gone("agent/0", "agent"),
      gone("old/0", null),
      gone("start/9", "start/8"), // of a document that is drawn no more
    ];
    const { badges } = layerOf(changes, JOURNEY);
    expect([...(badges ?? [])]).toEqual([
      ["start/0", { text: "+ −2", tone: "bad" }],
      ["agent", { text: "−1", tone: "bad" }],
    ]);
    expect(tally(changes)).toEqual([
      ["added", 1],
      ["removed", 5],
    ]);
    expect(new Set(changes.map(keyOfChange)).size).toBe(6);
  });
});

describe("changes in words", () => {
  it("a step is named with what it says, one that is gone with what it said, an option by its value", () => {
    expect(changeName(change("added", "start/0", null), JOURNEY, TEXTS)).toContain("Hello!");
    const gone: Change = { ...change("removed", null, "start/3"), own: { prompt: "hello.hi" } };
    expect(changeName(gone, JOURNEY, TEXTS)).toBe("Say: Hello!");
    const option: Change = { ...change("removed", null, "start/1/option:yes", "option"), what: "option" };
    expect(changeName(option, JOURNEY, TEXTS)).toBe("“yes”");
    expect(changeSection(option)).not.toBe("");
    const whole: Change = { ...change("changed", "", "", ""), what: "journey" };
    expect(changeName(whole, JOURNEY, TEXTS)).toBe("Journey settings");
  });

  it("a prompt is read with its text, nothing as a dash, steps in a row", () => {
    expect(valueName("prompt", "hello.hi", TEXTS)).toBe("Hello!");
    expect(valueName("attempts", 3, TEXTS)).toBe("3");
    expect(valueName("timed_out", null, TEXTS)).toBe("–");
    expect(valueName("value", { value: "var", path: "order.id" }, TEXTS)).toBe("order.id");
    const steps = [
      { step: "say", prompt: "hello.hi" },
      { step: "goto", section: "agent" },
    ];
    expect(valueName("", steps, TEXTS)).toMatch(/Hello! → /);
    const condition = { cond: "compare", left: { path: "n" }, op: "is_set" };
    expect(valueName("condition", condition, TEXTS)).toBe("n ✓");
  });
});
