/** The rules of outgoing calls go through their form unharmed. */
import { describe, expect, it } from "vitest";
import { bodyOfPolicy, type Rules } from "./policy";

const rules: Rules = {
  enabled: true,
  region: "KR",
  allowed: ["+82"],
  blocked: [],
  costly_allowed: false,
  calls_per_minute: 30,
  daily_spend_cap_milli: 50_000_000,
  unknown_price_milli: 500_000,
  prices: [
    { prefix: "+82", per_minute_milli: 12_000 },
    { prefix: "0081", per_minute_milli: 90_000 },
  ],
  expected_minutes: 3,
};

describe("the rules of outgoing calls", () => {
  it("carry prices by prefixes as numbers have them, in their order", () => {
    expect(bodyOfPolicy(rules, 4)).toEqual({
      rules: { ...rules, prices: [{ prefix: "+81", per_minute_milli: 90_000 }, rules.prices[0]] },
      version: 4,
    });
  });

  it("leave to the server what is no prefix, so that it can say so", () => {
    const odd = { ...rules, prices: [{ prefix: "seoul", per_minute_milli: 1 }] };
    expect(bodyOfPolicy(odd, null)).toMatchObject({ rules: { prices: [{ prefix: "seoul" }] }, version: 0 });
  });
});
