import { describe, expect, it } from "vitest";
import { askedStep, stepAddress, unheardAddress } from "./unheard";

describe("the way to what was not understood", () => {
  it("asks for what is chosen and leaves out what is not", () => {
    const days = { from: "2026-11-01", to: "2026-11-22" };
    expect(unheardAddress(days)).toBe("/watch/unheard?from=2026-11-01&to=2026-11-22");
    expect(unheardAddress({ ...days, journey: "front-desk", reason: null, version: 3, channel: "voice" })).toBe(
      "/watch/unheard?from=2026-11-01&to=2026-11-22&journey=front-desk&version=3&channel=voice",
    );
  });
});

describe("the way from there to the step", () => {
  it("leads to the designer, which finds the step in its address", () => {
    const address = stepAddress("front-desk", "start/2/option:orders/0");
    expect(address.startsWith("/journeys/front-desk/edit?")).toBe(true);
    expect(askedStep(address.split("?")[1] ?? "")).toBe("start/2/option:orders/0");
    expect(askedStep("draft=7")).toBeNull();
  });
});
