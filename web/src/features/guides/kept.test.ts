import { beforeEach, expect, test } from "vitest";
import type { Guide } from "./guides";
import { dropEntries, forgetEntries, keepEntries, openedEntries } from "./kept";

const field = { label: "", kind: "text", required: true, options: [], value: "", problem: "", group: "" };
const guide: Guide = {
  id: "g1",
  journey_id: "guide-refund",
  title: "Refund",
  revision: 2,
  outcome: null,
  said: [],
  card_title: "Details",
  texts: [],
  fields: [
    { ...field, name: "order", value: "4711" },
    { ...field, name: "note" },
    { ...field, name: "pin", kind: "secret" },
  ],
  buttons: [],
  problem: "",
  may_go_back: false,
  filled: [],
};

beforeEach(() => sessionStorage.clear());

test("a half-filled card stands as it was after a reload, without its secrets", () => {
  keepEntries(guide, { order: "4712", note: "broken zip", pin: "1234" });
  expect(openedEntries(guide)).toEqual({ order: "4712", note: "broken zip", pin: "" });
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("1234");
});

test("an entry somebody emptied stays empty", () => {
  keepEntries(guide, { order: "", note: "", pin: "" });
  expect(openedEntries(guide).order).toBe("");
});

test("what was meant for another card is not put into this one", () => {
  keepEntries(guide, { order: "4712", note: "x", pin: "" });
  expect(openedEntries({ ...guide, revision: 3 })).toEqual({ order: "4711", note: "", pin: "" });
  expect(openedEntries({ ...guide, id: "g2" }).note).toBe("");
});

test("nothing is left of a card that was sent, taken back, or left by signing out", () => {
  keepEntries(guide, { order: "4712", note: "", pin: "" });
  keepEntries(guide, { order: "4711", note: "", pin: "" });
  expect(sessionStorage.length).toBe(0);
  keepEntries(guide, { order: "4712", note: "", pin: "" });
  dropEntries(guide.id);
  expect(sessionStorage.length).toBe(0);
  keepEntries(guide, { order: "4712", note: "", pin: "" });
  sessionStorage.setItem("warmline.call", "c1");
  forgetEntries();
  expect({ ...sessionStorage }).toEqual({ "warmline.call": "c1" });
});

test("what cannot be read is as good as nothing", () => {
  sessionStorage.setItem("warmline.guide.g1", "{");
  expect(openedEntries(guide).order).toBe("4711");
});
