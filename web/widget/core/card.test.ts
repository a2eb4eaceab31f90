import { expect, test } from "vitest";
import type { FormField, Stored } from "../protocol";
import { entriesOf, isUnfolded, missing, sectionsOf, written } from "./card";
import { reduce } from "./reduce";
import { initialState, openQuestion, type State } from "./state";

const FIELDS: FormField[] = [
  { name: "order", label: "Order number", kind: "digits", value: "4711" },
  { name: "way", label: "How", kind: "choice", options: [{ value: "post", label: "By post" }] },
  { name: "pin", label: "PIN", kind: "secret" },
  { name: "wish", label: "Wish", kind: "text", required: false },
];

test("a card begins with what is known already", () => {
  expect(entriesOf(FIELDS)).toEqual({ order: "4711", way: "", pin: "", wish: "" });
});

test("only what must be answered is missing", () => {
  expect(missing(FIELDS, { order: "1", way: " ", pin: "", wish: "" })).toEqual(["way", "pin"]);
});

test("a sent card reads as labels and entries, and shows no secret", () => {
  expect(written(FIELDS, { order: "4711", way: "post", pin: "1234", wish: "" }, "Send")).toBe(
    "Order number: 4711\nHow: By post\nPIN: ••••\nSend",
  );
});

test("neighbours of one group stand in a section, which unfolds when something in it matters", () => {
  const more = (name: string): FormField => ({ name, label: name, kind: "text", required: false, group: "More" });
  const sections = sectionsOf([...FIELDS, more("a"), more("b")]);
  expect(sections.map(({ heading, fields }) => [heading, fields.map(({ name }) => name)])).toEqual([
    ["", ["order", "way", "pin", "wish"]],
    ["More", ["a", "b"]],
  ]);
  const [, last] = sections as [never, (typeof sections)[0]];
  expect(isUnfolded(last, { a: "", b: " " })).toBe(false);
  expect(isUnfolded(last, { a: "x" })).toBe(true);
  expect(isUnfolded({ ...last, fields: [{ ...more("a"), problem: "Too long." }] }, {})).toBe(true);
  expect(isUnfolded({ ...last, fields: [{ ...more("a"), required: true }] }, {})).toBe(true);
});

const said = (seq: number, e: object): Stored => ({ seq, prev: seq - 1, at: "2026-11-21T00:00:00Z", e }) as Stored;
const card = said(1, {
  kind: "message_sent",
  author: "bot",
  text: "Refund",
  input_kind: "form",
  quick_replies: [{ value: "next", label: "Continue" }],
  form: { fields: FIELDS },
});

function after(...events: Stored[]): State {
  const start = initialState("en", null, [], false);
  const settings = { name: "", colour: "", greeting: "", locales: [], upload_max_bytes: 1 };
  const contact = { id: "c", status: "journey" as const, locale: "en" as const };
  return reduce(start, {
    do: "frame",
    frame: { t: "welcome", visitor: "v", settings, contact, seq: events.length, events },
  });
}

test("a card is the open question, and stays it while the bot only says that there is no hurry", () => {
  expect(openQuestion(after(card))?.fields).toEqual(FIELDS);
  const patient = said(2, { kind: "message_sent", author: "bot", text: "Take your time." });
  expect(openQuestion(after(card, patient))?.seq).toBe(1);
});

test("a card is closed by its answer, and by the next question", () => {
  const asked = said(2, { kind: "message_sent", author: "bot", text: "Your number?", input_kind: "phone" });
  expect(openQuestion(after(card, asked))?.inputKind).toBe("phone");
  const filled = said(2, { kind: "message_sent", author: "customer", text: "Order number: 4711" });
  expect(openQuestion(after(card, filled))).toBeNull();
});
