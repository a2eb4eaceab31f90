import { describe, expect, test } from "vitest";
import {
  behind,
  cardKey,
  entriesOf,
  type Guide,
  type GuidesOf,
  heardOf,
  inputType,
  isUnfolded,
  lacking,
  newest,
  openGuides,
  sectionsOf,
  withGuide,
} from "./guides";

const field = { label: "Order", kind: "digits", required: true, options: [], value: "", problem: "", group: "" };
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

describe("a card with sections", () => {
  const more = (name: string) => ({ ...field, name, required: false, group: "More" });

  test("keeps neighbours of one group together, in their order", () => {
    const sections = sectionsOf([...guide.fields, more("a"), more("b")]);
    expect(sections.map(({ heading, fields }) => [heading, fields.map(({ name }) => name)])).toEqual([
      ["", ["order", "amount", "note"]],
      ["More", ["a", "b"]],
    ]);
  });

  test("unfolds one in which something is asked for, stands already, or does not fit", () => {
    const section = { heading: "More", fields: [more("a")] };
    expect(isUnfolded(section, { a: "" })).toBe(false);
    expect(isUnfolded(section, { a: "x" })).toBe(true);
    expect(isUnfolded({ ...section, fields: [{ ...more("a"), required: true }] }, {})).toBe(true);
    expect(isUnfolded({ ...section, fields: [{ ...more("a"), problem: "Too long." }] }, {})).toBe(true);
  });
});

describe("a guide that goes on at another screen", () => {
  const further = { ...guide, revision: 3, card_title: "Amount" };

  test("is behind here until it was read again, whatever order the news came in", () => {
    const heard = heardOf(heardOf({}, { guide: "1", revision: 3 }), { guide: "1", revision: 2 });
    expect(heard).toEqual({ "1": 3 });
    expect(behind(all, heard)).toBe(true);
    expect(behind(withGuide(all, further), heard)).toBe(false);
    expect(behind(all, {})).toBe(false);
  });

  test("may be one that was just begun there", () => {
    expect(behind(all, { "9": 1 })).toBe(true);
  });

  test("is another card; and an old answer never takes back a step made here", () => {
    expect(cardKey(further)).not.toBe(cardKey(guide));
    expect(newest(null, all)).toBe(all);
    const own = withGuide(withGuide(all, further), { ...guide, id: "4" });
    expect(newest(own, all).begun.map(({ id, revision }) => [id, revision])).toEqual([
      ["4", 1],
      ["1", 3],
      ["2", 1],
    ]);
    expect(newest(all, withGuide(all, further)).begun[0]).toEqual(further);
  });
});
