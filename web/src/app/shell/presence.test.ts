import { describe, expect, it } from "vitest";
import { setLocale } from "@/i18n/t";
import { awayReasons, reasonName } from "./presence";

const OWN = [{ id: "fire-drill", name: { ko: "소방 훈련", ja: "防火訓練", en: "Fire drill" }, paid: true }];

describe("the reasons to be away", () => {
  it("are the company's own, in the reader's language", async () => {
    await setLocale("ja", false);
    expect(awayReasons(OWN)).toEqual([{ id: "fire-drill", label: "防火訓練" }]);
  });

  it("are the usual ones where the company has set none", async () => {
    await setLocale("en", false);
    expect(awayReasons([]).map(({ id }) => id)).toEqual([
      "break",
      "lunch",
      "meeting",
      "training",
      "admin",
      "other",
    ]);
    expect(awayReasons([])[1]?.label).toBe("Lunch");
  });

  it("keep their names when they are the system's, or were removed since", () => {
    expect(reasonName("no_answer", OWN)).not.toBe("no_answer");
    expect(reasonName("gone-since", OWN)).toBe("gone-since");
  });
});
