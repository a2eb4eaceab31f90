import { beforeAll, expect, it } from "vitest";
import { setLocale } from "@/i18n/t";
import { sectionName, wordsOf } from "./names";

const BY_PHONE = { author: "customer", client_id: "0191a000-0000-7000-8000-000000000001:3" };
const t = (key: string) => key;

beforeAll(() => setLocale("en", false));

it("names where a journey begins by the journey, also one nobody has named in the catalogue", () => {
  expect(sectionName("phone", "start")).toBe("Phone menu");
  expect(sectionName("gift-wrapping", "start")).toBe("gift wrapping");
  expect(sectionName("gift-wrapping", "choose_paper")).toBe("choose paper");
});

it("tells a caller's key for a person as a key; a zero somebody wrote is a zero", () => {
  expect(wordsOf({ ...BY_PHONE, text: "0" }, t)).toBe("thread.pressed_zero");
  expect(wordsOf({ ...BY_PHONE, text: "상담원" }, t)).toBe("상담원");
  expect(wordsOf({ author: "customer", client_id: "w-17", text: "0" }, t)).toBe("0");
  expect(wordsOf({ author: "agent", text: "0" }, t)).toBe("0");
});
