/** What customers hear, from when to when. */
import { describe, expect, it } from "vitest";
import {
  blankAnnouncement,
  bodyOfAnnouncement,
  draftOfAnnouncement,
  fromLocal,
  phaseOf,
  toLocal,
} from "./announcement";

const texts = { ko: "폭설", ja: "大雪", en: "Snow" };
const snow = {
  id: "a",
  version: 3,
  slot: "emergency",
  texts,
  spoken: { ko: "폭설 안내입니다", ja: "大雪のご案内です", en: "A snow notice" },
  starts_at: "2026-12-01T00:00:00.000Z",
  ends_at: "2026-12-02T00:00:00.000Z",
  enabled: true,
  scope: { queues: [], journeys: [], channels: ["voice"] },
};

describe("an announcement", () => {
  it("is coming, heard, over or switched off", () => {
    expect(phaseOf(snow, Date.parse("2026-11-30T00:00:00Z"))).toBe("coming");
    expect(phaseOf(snow, Date.parse("2026-12-01T12:00:00Z"))).toBe("now");
    expect(phaseOf(snow, Date.parse("2026-12-02T00:00:00Z"))).toBe("over");
    expect(phaseOf({ ...snow, enabled: false }, Date.parse("2026-12-01T12:00:00Z"))).toBe("off");
  });

  it("keeps its times and its spoken form exactly on the way through the form", () => {
    const draft = draftOfAnnouncement(snow);
    const { id: _id, ...body } = snow;
    expect(bodyOfAnnouncement(draft, 3)).toEqual(body);
    expect(toLocal(fromLocal("2026-12-01T09:30"))).toBe("2026-12-01T09:30");
  });

  it("sends nothing for a time that is not whole, so that the API says so at the field", () => {
    expect([fromLocal(""), fromLocal("soon"), toLocal("soon")]).toEqual(["", "", ""]);
  });

  it("begins at the next full hour and lasts a day unless one says otherwise", () => {
    const draft = blankAnnouncement(Date.parse("2026-12-01T09:20:00Z"), texts);
    expect(fromLocal(draft.starts)).toBe("2026-12-01T10:00:00.000Z");
    expect(fromLocal(draft.ends)).toBe("2026-12-02T10:00:00.000Z");
  });
});
