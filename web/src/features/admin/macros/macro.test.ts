/** Prepared replies that never send a brace to a customer. */
import { describe, expect, it } from "vitest";
import { filled, unknownPlaceholders, withVariable } from "./macro";

describe("a macro", () => {
  it("takes a variable at the cursor and in place of what is marked", () => {
    expect(withVariable("안녕하세요, 님.", "customer.name", 7, 7)).toEqual({
      text: "안녕하세요, {customer.name}님.",
      cursor: 22,
    });
    expect(withVariable("Hello NAME!", "customer.name", 6, 10).text).toBe("Hello {customer.name}!");
  });

  it("shows agents what customers would read", () => {
    expect(
      filled("{customer.name}様、{agent.name}です。{x}", { "customer.name": "佐藤", "agent.name": "森田" }),
    ).toBe("佐藤様、森田です。{x}");
  });

  it("tells which placeholders nobody fills", () => {
    expect(unknownPlaceholders("{customer.name} {contact.order.number} {name} {customer.email}")).toEqual([
      "name",
      "customer.email",
    ]);
  });
});
