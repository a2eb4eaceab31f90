/** New texts get a key of their own; what is missing in a language is told. */
import { expect, it } from "vitest";
import type { Prompt } from "@/api/settings";
import { formsOf, freeKey, isWhole, newKey, silentIn } from "./keys";

const written: Prompt = { key: "a.b", channel: "written", texts: { ko: "네", en: "Yes" }, own: true };
const spoken: Prompt = { key: "a.b", channel: "spoken", texts: { ja: "はい" }, own: true };

it("a key is named after its journey and step, and is never taken", () => {
  expect(freeKey("order-status", "say_prompt", new Set())).toBe("order_status.say_prompt");
  expect(freeKey("order-status", "say", new Set(["order_status.say", "order_status.say_2"]))).toBe(
    "order_status.say_3",
  );
  expect(freeKey("주문", "질문", new Set())).toBe("journey.text");
});

it("a language is silent only when neither form says anything in it", () => {
  expect(silentIn(formsOf([written], "a.b"))).toEqual(["ja"]);
  expect(silentIn(formsOf([written, spoken], "a.b"))).toEqual([]);
  expect(silentIn(formsOf([written], "a.c"))).toEqual(["ko", "ja", "en"]);
});

it("a text can be saved when all three languages say something", () => {
  expect(isWhole({ ko: "네", ja: "はい", en: "Yes" })).toBe(true);
  expect(isWhole({ ko: "네", ja: " ", en: "Yes" })).toBe(false);
});

it("a text that is only named gets written; one that is shared or written makes room for another", () => {
  const names = { journey: "order-status", what: "say" };
  const once = { steps: [{ step: "say", prompt: "order_status.say" }] };
  const twice = { steps: [...once.steps, ...once.steps] };
  expect(newKey("order_status.say", names, once, [])).toBe("order_status.say");
  expect(newKey("order_status.say", names, twice, [])).toBe("order_status.say_2");
  expect(newKey("order_status.say", names, once, ["order_status.say"])).toBe("order_status.say_2");
  expect(newKey("", names, once, [])).toBe("order_status.say_2");
});
