import { describe, expect, it } from "vitest";
import { isTelling, kindOf, newsOf } from "./thing";

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

  it("says yes as a word and days as days", () => {
    expect(["true", "2026-11-27", "2026-11-27A", "책장"].map(kindOf)).toEqual(["yes", "day", "text", "text"]);
  });
});
