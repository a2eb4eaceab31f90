/** The cap is shown in the company's own money. */
import { describe, expect, it } from "vitest";
import { currencyOf, currencySign, milliOf, money } from "./money";

describe("a sum", () => {
  it("stands in the currency of the country, with what it needs behind the point", () => {
    expect(money(50_000_000, "KR", "ko")).toBe("₩50,000");
    expect(money(13_500, "KR", "en")).toBe("₩13.5");
    expect(money(1_500_000, "DE", "en")).toBe("€1,500");
  });

  it("stands alone where no currency is known", () => {
    expect(currencyOf("AQ")).toBeUndefined();
    expect(money(1_000, "AQ", "en")).toBe("1");
    expect(currencySign("AQ", "en")).toBe("");
    expect(currencySign("US", "en")).toBe("$");
  });

  it("travels as thousandths", () => {
    expect(milliOf(0.0135)).toBe(14);
    expect(milliOf(50_000)).toBe(50_000_000);
    expect(milliOf(null)).toBeNaN();
  });
});
