/** The week begins on Monday. */
import { expect, it } from "vitest";
import { shortDay, WEEKDAYS, weekdayName } from "./weekdays";

it("names every day once, Monday first", () => {
  const names = WEEKDAYS.map(weekdayName);
  expect(names[0]).toBe("Mon");
  expect(names[6]).toBe("Sun");
  expect(new Set(names).size).toBe(7);
});

it("a day in a narrow column has its weekday and number", () => {
  expect(shortDay("2026-11-23")).toMatch(/23.*Mon|Mon.*23/);
});
