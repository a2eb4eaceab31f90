import { describe, expect, it } from "vitest";
import { card } from "@/live/fixtures";
import { fillMacro, insertAt, type Macro } from "./macros";

const macro: Macro = {
  id: "m1",
  shortcut: "late",
  title: { en: "Late" },
  texts: {
    ko: "{customer.name}님, 주문 {order.number}은 {order.expected_on}에 도착해요. {agent.name} 드림",
    en: "Dear {customer.name}",
  },
};

describe("a macro", () => {
  it("speaks the customer's language and fills in what is known", () => {
    const data = new Map([
      ["order.number", "W1"],
      ["order.expected_on", "11/21"],
    ]);
    expect(fillMacro(macro, card(), "박민아", data)).toBe("김서연님, 주문 W1은 11/21에 도착해요. 박민아 드림");
  });

  it("greets somebody whose name is not known as their language does", () => {
    const greeting = {
      ...macro,
      texts: { ko: "{customer.name}님", ja: "{customer.name}様", en: "Hello {customer.name}," },
    };
    const nameless = (locale: "ko" | "ja" | "en") =>
      fillMacro(greeting, card({ customer: { id: "p2", name: null, known: false }, locale }), "", new Map());
    expect([nameless("ko"), nameless("ja"), nameless("en")]).toEqual(["고객님", "お客様", "Hello there,"]);
  });

  it("leaves what nobody knows in view, to be filled by hand", () => {
    const stranger = card({ customer: { id: "p2", name: null, known: false }, locale: "ja" });
    expect(fillMacro(macro, stranger, "박민아", new Map())).toBe("Dear {customer.name}");
  });

  it("goes where the cursor is", () => {
    expect(insertAt("ab", "X", 1, 1)).toEqual({ value: "aXb", cursor: 2 });
    expect(insertAt("abc", "X", 0, 3)).toEqual({ value: "X", cursor: 1 });
  });
});
