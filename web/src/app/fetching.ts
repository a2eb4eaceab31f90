/** Parts of the app are fetched with patience: a server that restarts just then is asked again, and nobody is told. */
import { type ComponentType, lazy as reactLazy } from "react";

/** Longer than a server takes to start anew; after that it is a failure, and said. */
const WAITS_MS = [300, 700, 1500, 3000, 5000, 5000, 5000, 5000, 5000];

interface World {
  /** Whether the server answers at all. */
  answers: () => Promise<boolean>;
  wait: (ms: number) => Promise<void>;
  /** Forget the style sheets that could not be fetched, so that they are fetched again. */
  forgetStyles: () => void;
}

const BROWSER: World = {
  answers: () =>
    fetch("/livez", { cache: "no-store" }).then(
      (answer) => answer.ok,
      () => false,
    ),
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  forgetStyles: () => {
    for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
      if (!link.sheet) link.remove();
    }
  },
};

/**
 * Fetch a part, as often as it takes until the server is back.
 *
 * A server that answers, and still has no such part, is newer than the page: that is thrown at once.
 */
export async function patiently<Part>(load: () => Promise<Part>, world: World = BROWSER): Promise<Part> {
  let back = false;
  for (const ms of WAITS_MS) {
    try {
      return await load();
    } catch (problem) {
      world.forgetStyles();
      if (back) throw problem;
      back = await world.answers();
      if (!back) await world.wait(ms);
    }
  }
  return load();
}

/** `lazy` of React, with patience. */
// biome-ignore lint/suspicious/noExplicitAny: React's own signature; the part's properties stay known to its callers.
export function lazy<Part extends ComponentType<any>>(load: () => Promise<{ default: Part }>) {
  return reactLazy(() => patiently(load));
}
