import { describe, expect, it } from "vitest";
import { bodyOf, contactsAddress, daysBefore, draftOf, isComplete, listOf, type ReasonLine } from "./reasons";

const SERVED = {
  volume: 3,
  containment: null,
  transfer: null,
  repeat: null,
  csat: null,
  csat_answers: 0,
  lasted_s: null,
};
const LINE: ReasonLine = {
  id: "gift_card",
  entry: null,
  served: SERVED,
  channels: [],
  declared_in: ["front-desk"],
  gaps: [{ kind: "uncatalogued", about: "" }],
  unheard: { times: 0, contacts: 0, handed: 0 },
};

describe("an entry of the catalogue", () => {
  it("begins with what is known of a reason that nobody catalogued", () => {
    const draft = draftOf(LINE);
    expect([draft.id, draft.journey_id, draft.level]).toEqual(["gift_card", "front-desk", 0]);
    expect(isComplete(draft)).toBe(false);
    expect(isComplete({ ...draft, name: { ko: "상품권", ja: "ギフト券", en: "Gift card" } })).toBe(true);
  });

  it("says how often a customer may be misunderstood, or that nobody counts", () => {
    expect(bodyOf(draftOf(LINE)).person_after).toBeNull();
    const entry = {
      id: "gift_card",
      name: { ko: "상품권", ja: "ギフト券", en: "Gift card" },
      needs: [],
      level: 0,
      tasks: [],
      tags: [],
      journey_id: null,
      person_after: 3,
      version: 2,
    };
    expect(bodyOf(draftOf({ ...LINE, entry })).person_after).toBe(3);
  });

  it("is sent with its lists apart, each word once", () => {
    const body = bodyOf({ ...draftOf(LINE), needs: "number,  email、number\n", tasks: "" });
    expect(body.needs).toEqual(["number", "email"]);
    expect(body.tasks).toEqual([]);
    expect(listOf(" , ")).toEqual([]);
  });
});

describe("the way on from a reason", () => {
  it("leads to its contacts in the same days", () => {
    const map = {
      first: "2026-11-01",
      last: "2026-11-22",
      time_zone: "Asia/Seoul",
      items: [],
      undeclared: SERVED,
      unheard: LINE.unheard,
    };
    expect(contactsAddress(map, "refund")).toBe("/reports?from=2026-11-01&to=2026-11-22&group=reason&key=refund");
    expect(contactsAddress(map, null)).toBe("/reports?from=2026-11-01&to=2026-11-22&group=reason");
    expect(daysBefore("2026-11-22", 27)).toBe("2026-10-26");
  });
});
