/** What may wait follows the picture, and can be given up until then. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { afterPicture } from "./picture";

describe("what follows the picture", () => {
  beforeEach(
    () =>
      void vi.useFakeTimers({
        toFake: ["requestAnimationFrame", "cancelAnimationFrame", "setTimeout", "clearTimeout", "Date"],
      }),
  );
  afterEach(() => void vi.useRealTimers());

  it("is done behind the frame that is drawn next", () => {
    const done: string[] = [];
    afterPicture(() => done.push("pane"));
    requestAnimationFrame(() => done.push("picture"));
    vi.runAllTimers();
    expect(done).toEqual(["picture", "pane"]);
  });

  it("waits for its time behind the frame, and longer when it is asked for anew", () => {
    const done: number[] = [];
    const begun = Date.now();
    const stop = afterPicture(() => done.push(0), 40);
    vi.advanceTimersByTime(30);
    stop();
    afterPicture(() => done.push(Date.now() - begun), 40);
    vi.runAllTimers();
    expect(done).toHaveLength(1);
    expect(done[0]).toBeGreaterThanOrEqual(70);
  });

  it("is not done when it was given up, before the frame or right behind it", () => {
    const done: string[] = [];
    afterPicture(() => done.push("first"))();
    const stop = afterPicture(() => done.push("second"));
    requestAnimationFrame(stop);
    vi.runAllTimers();
    expect(done).toEqual([]);
  });
});
