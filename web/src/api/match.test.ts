import { describe, expect, it } from "vitest";
import { initialSounds, matches } from "./match";

describe("typing part of a name", () => {
  it("finds words in any order, whatever their case and width", () => {
    expect(matches("Transfer to queue", "queue tra")).toBe(true);
    expect(matches("ＯＮＤＡ 배송", "onda")).toBe(true);
    expect(matches("Transfer to queue", "agent")).toBe(false);
  });

  it("finds Korean names by their initial sounds", () => {
    expect(initialSounds("배송 조회")).toBe("ㅂㅅ ㅈㅎ");
    expect(matches("배송 조회", "ㅂㅅ")).toBe(true);
    expect(matches("환불", "ㅂㅅ")).toBe(false);
  });

  it("keeps everything while nothing is typed", () => {
    expect(matches("환불", "")).toBe(true);
  });
});
