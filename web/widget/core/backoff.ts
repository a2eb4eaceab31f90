/** How long to wait before the next attempt to connect. */

const FIRST_MS = 400;
const LONGEST_MS = 20_000;

/**
 * Milliseconds to wait before attempt number `attempt` (0 = the first retry).
 *
 * Half of the wait is random so that a thousand pages do not come back at the same instant. A server that is
 * restarting names its own least wait in `retryAfterMs`.
 */
export function waitBeforeRetryMs(attempt: number, random: number, retryAfterMs = 0): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  const own = ceiling / 2 + (random * ceiling) / 2;
  if (retryAfterMs <= 0) return Math.round(own);
  return Math.round(retryAfterMs + random * Math.max(retryAfterMs, 1000));
}
