/** People read what a journey is called, not how the system files it. */
import { describe, expect, it } from "vitest";
import type { Prompt } from "@/api/settings";
import { journeyTitle } from "./names";
import { textIn } from "./prompts";

const prompts: readonly Prompt[] = [
  {
    key: "returns.title",
    channel: "written",
    texts: { ko: "반품 접수", ja: "返品受付", en: "Take back a parcel" },
    own: true,
  },
];

describe("the name of a journey", () => {
  const line = { id: "parcel-return-2", title: "returns.title" };

  it("is its title in the reader's language", () => {
    expect(journeyTitle(line, textIn(prompts, "ja"))).toBe("返品受付");
    expect(journeyTitle(line, textIn(prompts, "en"))).toBe("Take back a parcel");
  });

  it("is its id where nobody wrote a title, or the journey is gone", () => {
    expect(journeyTitle({ id: "parcel-return-2", title: "" }, textIn(prompts, "en"))).toBe("parcel-return-2");
  });
});
