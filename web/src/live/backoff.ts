/** How long to wait before the next attempt to connect. */
const FIRST_MS = 300;
const LONGEST_MS = 15_000;

/** Doubling with full jitter; `random` is in [0, 1). A server's own wish is the least, plus jitter. */
export function backoff_ms(attempt: number, random: number, asked_ms = 0): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(asked_ms + ceiling * (0.2 + 0.8 * random));
}
