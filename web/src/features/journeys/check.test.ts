/** A refusal that a person can read. */
import { beforeAll, describe, expect, it } from "vitest";
import { setLocale } from "@/i18n/t";
import { problemName, transcriptLines } from "./check";

beforeAll(() => setLocale("en", false));

describe("a checker's path", () => {
  it("reads as a conversation with asides, up to what is wrong", () => {
    const lines = transcriptLines([
      "Bot: Hello. [Orders] [Refunds]",
      "Customer: Orders",
      "       (orders.find answers: timed_out)",
      "    ✗  The customer is left without an answer.",
    ]);
    expect(lines).toEqual([
      { who: "bot", text: "Hello. [Orders] [Refunds]" },
      { who: "customer", text: "Orders" },
      { who: "aside", text: "(orders.find answers: timed_out)" },
      { who: "wrong", text: "The customer is left without an answer." },
    ]);
  });
});

describe("a problem", () => {
  it("has a name in the reader's language, also when it is new", () => {
    expect(problemName("waits_forever")).toBe("Waits without an end");
    expect(problemName("brand_new")).toBe("Something is not right");
  });
});
