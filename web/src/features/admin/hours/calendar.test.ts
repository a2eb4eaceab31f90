/** Hours as shops keep them: split shifts, nights, days that differ. */
import { describe, expect, it } from "vitest";
import { barsOf, minutesOf, mondayToFriday, nextSpan, openMinutes, tidyTime } from "./calendar";

describe("a time", () => {
  it("is read to the minute, up to the end of the day", () => {
    expect(["00:00", "9:30", "24:00"].map(minutesOf)).toEqual([0, 570, 1440]);
    expect(["24:01", "12:60", "noon", ""].map(minutesOf)).toEqual([null, null, null, null]);
  });

  it("typed in haste or in full width is made whole; anything else is left for the person to see", () => {
    expect(["9", "930", "18", "９：３０", "1800"].map(tidyTime)).toEqual([
      "09:00",
      "09:30",
      "18:00",
      "09:30",
      "18:00",
    ]);
    expect(["25", "9時", "soon"].map(tidyTime)).toEqual(["25", "9時", "soon"]);
  });
});

describe("a day's bar", () => {
  it("shows a split shift as two parts", () => {
    expect(
      barsOf([
        ["06:00", "12:00"],
        ["18:00", "24:00"],
      ]),
    ).toEqual([
      { start: 25, width: 25 },
      { start: 75, width: 25 },
    ]);
  });

  it("ends a night at midnight and leaves out what is no span", () => {
    expect(
      barsOf([
        ["18:00", "02:00"],
        ["9", "soon"],
      ]),
    ).toEqual([{ start: 75, width: 25 }]);
  });
});

describe("a week", () => {
  it("counts nights in full", () => {
    expect(openMinutes({ mon: [["22:00", "06:00"]], tue: [["09:00", "12:00"]] })).toBe(8 * 60 + 180);
  });

  it("copies Monday to the working days and leaves the weekend alone", () => {
    const weekly = mondayToFriday({ mon: [["09:00", "18:00"]], sat: [["11:00", "15:00"]] });
    expect(weekly.fri).toEqual([["09:00", "18:00"]]);
    expect(weekly.sat).toEqual([["11:00", "15:00"]]);
  });

  it("offers the afternoon after a morning", () => {
    expect(nextSpan([])).toEqual(["09:00", "18:00"]);
    expect(nextSpan([["09:00", "12:00"]])).toEqual(["13:00", "18:00"]);
    expect(nextSpan([["09:00", "23:30"]])).toEqual(["23:00", "24:00"]);
  });
});
