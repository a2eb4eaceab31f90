import { describe, expect, test } from "vitest";
import { entriesOf, type Guide, type GuidesOf, inputType, lacking, openGuides, withGuide } from "./guides";

const field = { label: "Order", kind: "digits", required: true, options: [], value: "", problem: "" };
const guide: Guide = {
  id: "1",
  journey_id: "guide-refund",
  title: "Refund",
  revision: 1,
  outcome: null,
  said: [],
  card_title: "Details",
  texts: [],
  fields: [
    { ...field, name: "order", value: "4711" },
    { ...field, name: "amount" },
    { ...field, name: "note", required: false },
  ],
  buttons: [],
  problem: "",
  may_go_back: false,
  filled: [],
};
const all: GuidesOf = { offered: [], begun: [guide, { ...guide, id: "2", outcome: "contained" }] };

describe("a guide at the desk", () => {
  test("begins with what the customer has said already, and asks for the rest", () => {
    const entries = entriesOf(guide);
    expect(entries).toEqual({ order: "4711", amount: "", note: "" });
    expect([...lacking(guide, entries)]).toEqual(["amount"]);
    expect([...lacking(guide, { ...entries, amount: "  " })]).toEqual(["amount"]);
    expect([...lacking(guide, { ...entries, amount: "5" })]).toEqual([]);
  });

  test("is open until it has an outcome", () => {
    expect(openGuides(all).map((each) => each.id)).toEqual(["1"]);
    expect(openGuides(withGuide(all, { ...guide, outcome: "closed" }))).toEqual([]);
  });

  test("that has just begun comes first", () => {
    expect(withGuide(all, { ...guide, id: "3" }).begun.map((each) => each.id)).toEqual(["3", "1", "2"]);
  });

  test("asks for each kind of entry with the field that suits it", () => {
    expect(["secret", "date", "email", "digits", "choice", "text"].map(inputType)).toEqual([
      "password",
      "date",
      "email",
      "text",
      null,
      null,
    ]);
  });
});
