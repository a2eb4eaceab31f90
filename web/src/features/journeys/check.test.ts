/** A refusal that a person can read. */
import { beforeAll, describe, expect, it } from "vitest";
import { OFFICE } from "@/i18n/office";
import { loadTexts, setLocale } from "@/i18n/t";
import { checkAddress, pathFile, problemName, transcriptLines } from "./check";

beforeAll(async () => {
  await setLocale("en", false);
  await loadTexts(OFFICE);
});

describe("a checker's path", () => {
  it("reads as a conversation with asides, up to what is wrong", () => {
    const lines = transcriptLines([
      "Bot: Hello. [Orders] [Refunds]",
      "Customer: Orders",
      "       (orders.find does not answer in time)",
      "    ✗  The customer is left without an answer.",
    ]);
    expect(lines).toEqual([
      { who: "bot", text: "Hello. [Orders] [Refunds]" },
      { who: "customer", text: "Orders" },
      { who: "aside", text: "(orders.find does not answer in time)" },
      { who: "wrong", text: "The customer is left without an answer." },
    ]);
  });
});

describe("in Korean and Japanese", () => {
  it.each([
    ["봇: 안녕하세요", "고객: 상담원", "       (seoul 운영 종료)"],
    ["ボット: こんにちは", "お客様: 担当者", "       （seoul は営業時間外）"],
  ])("a path tells who speaks just as well", (...lines) => {
    expect(transcriptLines(lines).map((line) => line.who)).toEqual(["bot", "customer", "aside"]);
  });

  it("a problem's path is written down as the terminal reads it, from the journey that was checked", () => {
    const path = [{ kind: "start" }, { kind: "say", text: "hi" }];
    const problem = {
      code: "x",
      journey: "inner",
      section: "s",
      text: "No.",
      fix: "",
      transcript: ["Bot: a"],
      path,
      trail: ["inner#s"],
      channel: "webchat",
    };
    const written: unknown = JSON.parse(pathFile("outer", problem));
    expect(written).toEqual({ journey: "outer", path, transcript: ["Bot: a"], text: "No." });
  });

  it("a draft is checked in the reader's language", async () => {
    await setLocale("ja", false);
    expect(checkAddress("refund")).toBe("/journeys/refund/check?locale=ja");
    await setLocale("en", false);
  });
});

describe("a problem", () => {
  it("has a name in the reader's language, also when it is new", () => {
    expect(problemName("waits_forever")).toBe("Waits without an end");
    expect(problemName("brand_new")).toBe("Something is not right");
  });
});
