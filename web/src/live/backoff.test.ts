import { describe, expect, it } from "vitest";
import { backoff_ms } from "./backoff";

describe("coming back after a lost connection", () => {
  it("is quick at first, slower later, and never longer than 15 s", () => {
    expect(backoff_ms(0, 0.999)).toBeLessThanOrEqual(300);
    expect(backoff_ms(3, 0.5)).toBeGreaterThan(backoff_ms(0, 0.5));
    expect(backoff_ms(40, 0.999)).toBeLessThanOrEqual(15_000);
  });

  it("spreads the desks of a team after a restart", () => {
    expect(backoff_ms(4, 0)).toBeLessThan(backoff_ms(4, 0.9) / 3);
  });

  it("waits at least as long as the server asked", () => {
    expect(backoff_ms(0, 0, 2000)).toBeGreaterThanOrEqual(2000);
  });
});
