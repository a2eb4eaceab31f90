import { describe, expect, it } from "vitest";
import { loudness } from "../devices/sound";
import { looksLikeNumber } from "../dial/number";
import { columnsOf, loudestOf, pathOf } from "./wave";

describe("the picture of a recording", () => {
  it("shows the loudest moment of each part, both channels by the same measure", () => {
    const peaks = [
      [0.1, 0.2, 0.4, 0.1],
      [0.8, 0, 0, 0],
    ] as const;
    const loudest = loudestOf(peaks);
    expect(columnsOf(peaks[0], 2, loudest)).toEqual([0.25, 0.5]);
    expect(columnsOf(peaks[1], 2, loudest)).toEqual([1, 0]);
  });

  it("draws silence as a thin line, also where nothing was recorded", () => {
    expect(columnsOf([], 3, 0)).toEqual([0, 0, 0]);
    expect(pathOf([0, 1], 0, 20)).toBe("M0.5 9.5V10.5M1.5 0.0V20.0");
  });
});

describe("how loud a microphone is", () => {
  it("goes from silence to as loud as can be", () => {
    expect(loudness([0, 0])).toBe(0);
    expect(loudness([1, -1])).toBe(1);
    expect(loudness([0.1, -0.1])).toBeCloseTo(2 / 3);
  });
});

describe("a number that is typed", () => {
  it("may be written in any usual way, and must be one", () => {
    expect(["010-1234-5678", "+82 10 1234 5678", "(02) 555-0100", "100"].every(looksLikeNumber)).toBe(true);
    expect(["", "1", "call me", "12345678901234567"].some(looksLikeNumber)).toBe(false);
  });
});
