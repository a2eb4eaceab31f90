/** Fetching parts of the app before they are needed, when the browser has nothing better to do. */

/** Run `load` once the page is at rest; a failure is left to the moment when the part is really needed. */
export function whenIdle(load: () => Promise<unknown>): void {
  const start = () => void load().catch(() => undefined);
  if (typeof requestIdleCallback === "function") requestIdleCallback(start, { timeout: 3000 });
  else setTimeout(start, 500);
}
