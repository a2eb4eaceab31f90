/** Which countries may be called is read as names, not as digits. */
import { describe, expect, it } from "vitest";
import { asPrefix, COUNTRIES, regionsOf, withPrefix } from "./prefixes";

describe("a prefix", () => {
  it("leads to its country, however much of the number follows", () => {
    expect(regionsOf("+82")).toEqual(["KR"]);
    expect(regionsOf("+8210")).toEqual(["KR"]);
    expect(regionsOf("+81990")).toEqual(["JP"]);
    expect(regionsOf("+1").slice(0, 1)).toEqual(["US"]);
    expect(regionsOf("+8835")).toEqual([]);
  });

  it("is understood as people write it", () => {
    expect(["82", "+82 2", "0082-2", "＋８１"].map(asPrefix)).toEqual(["+82", "+822", "+822", "+81"]);
    expect(["", "+0", "seoul", "+123456789012345"].map(asPrefix)).toEqual([null, null, null, null]);
  });

  it("is added once and in order", () => {
    expect(withPrefix(["+82"], "81")).toEqual({ prefixes: ["+81", "+82"], problem: null });
    expect(withPrefix(["+82"], "+82").problem).toBe("there");
    expect(withPrefix(["+82"], "x").problem).toBe("none");
  });

  it("has a name for every country", () => {
    const names = new Intl.DisplayNames("en", { type: "region" });
    expect(COUNTRIES.filter((code) => names.of(code) === code)).toEqual([]);
    expect(COUNTRIES.length).toBeGreaterThan(230);
  });
});
