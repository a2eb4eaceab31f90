/** A designer looks at another step while a text is half written, and comes back to it. */
import { describe, expect, it } from "vitest";
import { keepUnsaved, unsavedForm, unsavedTexts } from "./unsaved";

const saved = { ko: "안녕하세요", ja: "こんにちは", en: "Hello" };

describe("a text that is half written", () => {
  it("waits under its key and form, and opens by itself when its step is chosen again", () => {
    keepUnsaved("orders.hello", "spoken", { ...saved, en: "Hello there" }, saved);
    expect(unsavedForm("orders.hello")).toBe("spoken");
    expect(unsavedTexts("orders.hello", "spoken")).toEqual({ ...saved, en: "Hello there" });
    expect(unsavedTexts("orders.hello", "written")).toBeNull();
    expect(unsavedForm("orders.bye")).toBeNull();
  });

  it("is forgotten once it says what is saved", () => {
    keepUnsaved("orders.hello", "spoken", { ...saved, en: "Hello there" }, saved);
    keepUnsaved("orders.hello", "spoken", saved, saved);
    expect(unsavedForm("orders.hello")).toBeNull();
  });
});
