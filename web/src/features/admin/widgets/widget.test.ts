/** A widget that can be read, on the pages it belongs to. */
import { describe, expect, it } from "vitest";
import { beginningOf, bodyOfWidget, contrastWithWhite, draftOfWidget, originsOf, snippetFor } from "./widget";

const texts = { ko: "온다", ja: "オンダ", en: "Onda" };
const widget = {
  key: "onda-demo",
  version: 2,
  name: texts,
  greeting: texts,
  colour: "#8a3b12",
  origins: ["https://shop.example"],
  journey_id: "front-desk",
  upload_max_bytes: 10_485_760,
  enabled: true,
};

describe("a widget", () => {
  it("goes through the form unchanged", () => {
    const { key: _key, ...body } = widget;
    expect(bodyOfWidget(draftOfWidget(widget), 2)).toEqual(body);
    expect(bodyOfWidget({ ...draftOfWidget(widget), colour: "#ABCDEF" }, null)).toMatchObject({
      key: "onda-demo",
      colour: "#abcdef",
    });
  });

  it("takes origins as people paste them", () => {
    expect(originsOf(" https://a.example/ \n\nhttps://b.example:8443 ")).toEqual([
      "https://a.example",
      "https://b.example:8443",
    ]);
  });

  it("knows whether white words can be read on its colour", () => {
    expect(contrastWithWhite("#000000")).toBeCloseTo(21);
    expect(contrastWithWhite("#ffffff")).toBeCloseTo(1);
    expect(contrastWithWhite("#8a3b12")).toBeGreaterThan(4.5);
    expect(contrastWithWhite("terracotta")).toBeNull();
  });

  it("greets in as many letters as fit, wide ones counting twice", () => {
    expect(beginningOf("こんにちは。どのような", 10)).toBe("こんにちは…");
    expect(beginningOf("Hello there", 5)).toBe("Hello…");
    expect(beginningOf("Hello", 5)).toBe("Hello");
  });

  it("is one line on a page", () => {
    expect(snippetFor("https://chat.example", "onda")).toBe(
      '<script async src="https://chat.example/widget/loader.js" data-key="onda"></script>',
    );
  });
});
