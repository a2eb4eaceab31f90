import { expect, it } from "vitest";
import { safeColour, textOn } from "./colour";

it("accepts a plain colour and nothing that could be more", () => {
  expect(safeColour("#8a3b12")).toBe("#8a3b12");
  expect(safeColour("red; background: url(x)")).toBeNull();
  expect(safeColour("#8a3")).toBeNull();
  expect(safeColour(null)).toBeNull();
});

it("writes white on dark brands and black on light ones", () => {
  expect(textOn("#8a3b12")).toBe("white");
  expect(textOn("#0d51bf")).toBe("white");
  expect(textOn("#f5d547")).toBe("black");
  expect(textOn("#ffffff")).toBe("black");
});

it("stays readable on every grey", () => {
  for (let level = 0; level < 256; level++) {
    const hex = level.toString(16).padStart(2, "0");
    const c = level / 255;
    const light = c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const ratio = textOn(`#${hex}${hex}${hex}`) === "white" ? 1.05 / (light + 0.05) : (light + 0.05) / 0.05;
    expect(ratio).toBeGreaterThanOrEqual(4.5);
  }
});
