/** The interrupt matrix and its neighbours. */
import { describe, expect, it } from "vitest";
import { mayInterrupt, PLAIN_MEDIA, withExclusive, withInterrupt, withWeight } from "./media";

describe("media rules", () => {
  it("let one channel come during another, one way only, and take it back", () => {
    const set = withInterrupt(withInterrupt(PLAIN_MEDIA, "voice", "email", true), "voice", "email", true);
    expect(set.interrupts).toEqual([["voice", "email"]]);
    expect([mayInterrupt(set, "voice", "email"), mayInterrupt(set, "email", "voice")]).toEqual([true, false]);
    expect(withInterrupt(set, "voice", "email", false)).toEqual(PLAIN_MEDIA);
  });

  it("weigh a channel, or leave it at its usual weight", () => {
    const heavy = withWeight(PLAIN_MEDIA, "voice", 10);
    expect(heavy.weights).toEqual({ voice: 10 });
    expect(withWeight(heavy, "voice", null)).toEqual(PLAIN_MEDIA);
  });

  it("know what fills a person alone", () => {
    const alone = withExclusive(withExclusive(PLAIN_MEDIA, "voice", true), "voice", true);
    expect(alone.exclusive).toEqual(["voice"]);
    expect(withExclusive(alone, "voice", false)).toEqual(PLAIN_MEDIA);
  });
});
