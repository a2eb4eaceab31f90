/** The audit log in words people use. */
import { beforeAll, describe, expect, it } from "vitest";
import { OFFICE } from "@/i18n/office";
import { loadTexts, setLocale } from "@/i18n/t";
import { actionName, detailText, subjectText } from "./audit";

beforeAll(async () => {
  await setLocale("en", false);
  await loadTexts(OFFICE);
});

describe("an audit line", () => {
  it("names what was done, by its own words or by kind and verb", () => {
    expect(actionName("session.opened")).toBe("Signed in");
    expect(actionName("queue.changed")).toBe("Queue changed");
    expect(actionName("robot.danced")).toBe("robot danced");
  });

  it("says which fields, in the words of the form", () => {
    expect(detailText({ fields: ["name", "target_s"], version: 3 })).toBe(
      "fields: Name, within (seconds) · version: 3",
    );
  });

  it("names people and shortens what has no name", () => {
    const id = "5db3d3dd-4ffd-57f3-a95a-eef446da5bad";
    expect(subjectText(`agent:${id}`, new Map([[id, "Mina"]]))).toBe("Person · Mina");
    expect(subjectText(`macro:${id}`, new Map())).toBe("Macro · 5db3d3dd");
    expect(subjectText("queue:orders", new Map())).toBe("Queue · orders");
  });
});
