import { expect, test } from "vitest";
import { patiently } from "./fetching";

/** A server that is away for so many questions, and what was done meanwhile. */
function world(away: number) {
  const seen = { waited_ms: 0, forgotten: 0 };
  let left = away;
  return {
    seen,
    answers: async () => left-- <= 0,
    wait: async (ms: number) => {
      seen.waited_ms += ms;
    },
    forgetStyles: () => {
      seen.forgotten += 1;
    },
  };
}

function part(failures: number) {
  let left = failures;
  return async () => {
    if (left-- > 0) throw new Error("Unable to preload CSS");
    return "the part";
  };
}

test("a part is fetched once when the server is there", async () => {
  const there = world(0);
  expect(await patiently(part(0), there)).toBe("the part");
  expect(there.seen).toEqual({ waited_ms: 0, forgotten: 0 });
});

test("a server that restarts is asked again until it is back", async () => {
  const restarting = world(4);
  expect(await patiently(part(5), restarting)).toBe("the part");
  expect(restarting.seen.waited_ms).toBe(300 + 700 + 1500 + 3000);
  expect(restarting.seen.forgotten).toBe(5);
});

test("a server that answers without the part is newer than the page: said at once", async () => {
  const newer = world(0);
  await expect(patiently(part(99), newer)).rejects.toThrow("preload");
  expect(newer.seen.waited_ms).toBe(0);
});

test("a server that stays away is a failure after half a minute", async () => {
  const gone = world(99);
  await expect(patiently(part(99), gone)).rejects.toThrow("preload");
  expect(gone.seen.waited_ms).toBeGreaterThan(30_000);
});
