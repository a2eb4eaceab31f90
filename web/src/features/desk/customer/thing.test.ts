import { describe, expect, it } from "vitest";
import { currencyOf, isCode, isTelling, kindOf, newsOf } from "./thing";

describe("an order beside the conversation", () => {
  const order = new Map([
    ["number", "ON-26113407"],
    ["status", "shipped"],
    ["found", "true"],
    ["late", "true"],
    ["other_items", "0"],
    ["delay_reason", "none"],
    ["first_item", "책장"],
    ["customer_ref", "onda_ko_002"],
  ]);

  it("tells what a person wants to know and leaves out the rest", () => {
    expect(newsOf(order).map(([name]) => name)).toEqual(["late", "first_item"]);
  });

  it("is not shown at all when it only refers to something", () => {
    expect(isTelling(new Map([["customer_ref", "onda_ko_002"]]))).toBe(false);
    expect(isTelling(order)).toBe(true);
  });

  it("tells a sum in its currency, once", () => {
    const quote = new Map([
      ["verdict", "over_limit"],
      ["amount", "1055900"],
      ["currency", "KRW"],
      ["arrives_in_days", "5"],
    ]);
    expect(newsOf(quote).map(([name]) => name)).toEqual(["verdict", "amount", "arrives_in_days"]);
    expect(currencyOf("amount", "1055900", quote)).toBe("KRW");
    expect(currencyOf("arrives_in_days", "5", quote)).toBeNull();
    expect(currencyOf("amount", "much", quote)).toBeNull();
    expect(currencyOf("amount", "5", new Map([["amount", "5"]]))).toBeNull();
  });

  it("knows a machine's word, which has a name, from words of people", () => {
    expect(["over_limit", "ok", "책장", "Oak table", "2026-11-27"].map(isCode)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it("says yes as a word and days as days", () => {
    expect(["true", "2026-11-27", "2026-11-27A", "책장"].map(kindOf)).toEqual(["yes", "day", "text", "text"]);
  });
});
