import { expect, it } from "vitest";
import { waitBeforeRetryMs } from "./backoff";

it("waits longer after every failure, but never more than twenty seconds", () => {
  expect(waitBeforeRetryMs(0, 0)).toBe(200);
  expect(waitBeforeRetryMs(0, 1)).toBe(400);
  expect(waitBeforeRetryMs(4, 1)).toBe(6400);
  expect(waitBeforeRetryMs(50, 1)).toBe(20_000);
});

it("spreads pages over at least half of the wait", () => {
  expect(waitBeforeRetryMs(3, 1) - waitBeforeRetryMs(3, 0)).toBe(1600);
});

it("comes back no earlier than a restarting server asked for, and not all at once", () => {
  expect(waitBeforeRetryMs(0, 0, 3000)).toBe(3000);
  expect(waitBeforeRetryMs(0, 1, 3000)).toBe(6000);
});
