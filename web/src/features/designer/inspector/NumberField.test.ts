/** Numbers are taken as people type them, and nothing else is. */
import { expect, it } from "vitest";
import { readNumber } from "./NumberField";

it("full-width digits and thousands are numbers, words are not", () => {
  expect(readNumber("３０", true)).toBe(30);
  expect(readNumber("1,200", true)).toBe(1200);
  expect(readNumber("0.5", false)).toBe(0.5);
  expect(readNumber("-3", true)).toBe(-3);
  for (const text of ["soon", "1e9", "0x10", "", "1.", "Infinity"])
    expect(readNumber(text, false)).toBeUndefined();
  expect(readNumber("99999999999999999999", true)).toBeUndefined();
});
