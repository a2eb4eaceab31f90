/** The week begins on Monday. */
import { expect, it } from "vitest";
import { WEEKDAYS, weekdayName } from "./weekdays";

it("names every day once, Monday first", () => {
  const names = WEEKDAYS.map(weekdayName);
  expect(names[0]).toBe("Mon");
  expect(names[6]).toBe("Sun");
  expect(new Set(names).size).toBe(7);
});
