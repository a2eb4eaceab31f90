/** What journeys say, whole in three languages. */
import { describe, expect, it } from "vitest";
import type { Prompt } from "@/api/settings";
import { foundPrompts, holesOf, idOf, missingIn, textIn, unevenHoles } from "./prompts";

const late: Prompt = {
  key: "orders.late",
  channel: "written",
  texts: { ko: "{order.promised_on:day}에 도착합니다", ja: "遅れます", en: "Late until {order.promised_on:day}" },
  own: true,
};
const half: Prompt = { key: "orders.half", channel: "spoken", texts: { ko: "반" }, own: false };

describe("a prompt", () => {
  it("says which languages are missing", () => {
    expect(missingIn(half.texts)).toEqual(["ja", "en"]);
    expect(missingIn(late.texts)).toEqual([]);
  });

  it("knows what is filled in, whatever its form and particle", () => {
    expect([...holesOf("{quote.amount:money:quote.currency|을/를} {example}")]).toEqual([
      "quote.amount",
      "example",
    ]);
  });

  it("warns when a language leaves out what the others fill in", () => {
    expect(unevenHoles({ ko: "{a} {b}", ja: "{a:number}", en: "" })).toEqual(["b"]);
    expect(unevenHoles({ ko: "{a}", ja: "{a:day}", en: "{a|을/를}" })).toEqual([]);
  });

  it("may have a spoken text of its own", () => {
    expect(idOf(half)).not.toBe(idOf({ ...half, channel: "written" }));
  });
});

describe("the list", () => {
  it("finds by key or by words in any language, and the incomplete ones", () => {
    expect(foundPrompts([late, half], "遅れ", false)).toEqual([late]);
    expect(foundPrompts([late, half], "orders.half", false)).toEqual([half]);
    expect(foundPrompts([late, half], "", true)).toEqual([half]);
  });

  it("shows outlines in the reader's language, else in one there is", () => {
    expect(textIn([late, half], "ja").get("orders.late")).toBe("遅れます");
    expect(textIn([late, half], "ja").get("orders.half")).toBe("반");
  });
});
