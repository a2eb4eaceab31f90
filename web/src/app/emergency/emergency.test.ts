/** The emergency switch's own arithmetic. */
import { describe, expect, it } from "vitest";
import { activeAt, draftBody, draftOf, EVERYBODY, lengthsWith, toggled } from "./emergency";

const texts = { ko: "폭설", ja: "大雪", en: "Snow" };

describe("an emergency", () => {
  const snow = { starts_at: "2026-11-21T09:00:00Z", ends_at: "2026-11-21T10:00:00Z" };

  it("is on from its beginning to just before its end, without being told", () => {
    expect(activeAt([snow], Date.parse("2026-11-21T08:59:59Z"))).toEqual([]);
    expect(activeAt([snow], Date.parse("2026-11-21T09:00:00Z"))).toEqual([snow]);
    expect(activeAt([snow], Date.parse("2026-11-21T10:00:00Z"))).toEqual([]);
  });

  it("begins as the prepared message says and always has an end", () => {
    const draft = draftOf({
      id: "weather",
      version: 0,
      name: texts,
      texts,
      spoken: null,
      scope: { ...EVERYBODY, queues: ["orders"] },
      lasts_s: 5400,
    });
    expect(draft.prepared_id).toBe("weather");
    const now = Date.parse("2026-11-21T09:00:00Z");
    expect(draftBody(draft, now)).toMatchObject({
      scope: { queues: ["orders"], journeys: [], channels: [] },
      ends_at: "2026-11-21T10:30:00.000Z",
    });
    expect(lengthsWith(draft.lasts_s)).toContain(5400);
    expect(lengthsWith(3600).filter((each) => each === 3600)).toHaveLength(1);
  });

  it("has each entry of its scope once", () => {
    expect(toggled(["a"], "a", true)).toEqual(["a"]);
    expect(toggled(["a", "b"], "a", false)).toEqual(["b"]);
  });
});
