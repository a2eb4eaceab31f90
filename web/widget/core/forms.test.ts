import { expect, it } from "vitest";
import type { FormField } from "../protocol";
import { Forms } from "./forms";
import { type Shelf, shelfOr } from "./shelf";

const FIELDS: FormField[] = [
  { name: "order", label: "Order", kind: "digits", value: "4711" },
  { name: "wish", label: "Wish", kind: "text", required: false },
  { name: "pin", label: "PIN", kind: "secret" },
];
const PHOTO: FormField = { name: "photo", label: "Photo", kind: "file", required: false };

function shelf(): Shelf {
  return shelfOr(() => {
    throw new Error("storage is blocked");
  });
}

it("keeps a half-filled card over a reload, without its secrets", () => {
  const kept = shelf();
  new Forms(kept, "onda").keep("c1", FIELDS, { order: "4712", wish: "blue", pin: "1234" });
  expect(new Forms(kept, "onda").opened("c1", FIELDS)).toEqual({ order: "4712", wish: "blue", pin: "" });
  expect(kept.getItem("warmline:onda:card")).not.toContain("1234");
});

it("lets files be chosen anew, and keeps the rest", () => {
  const forms = new Forms(shelf(), "onda");
  forms.keep("c1", [...FIELDS, PHOTO], { order: "1", wish: "", pin: "", photo: "f1" });
  expect(forms.opened("c1", [...FIELDS, PHOTO])).toEqual({ order: "1", wish: "", pin: "", photo: "" });
});

it("keeps what was emptied empty", () => {
  const forms = new Forms(shelf(), "onda");
  forms.keep("c1", FIELDS, { order: "", wish: "", pin: "" });
  expect(forms.opened("c1", FIELDS).order).toBe("");
});

it("puts nothing into another card, another conversation or another widget", () => {
  const kept = shelf();
  new Forms(kept, "onda").keep("c1", FIELDS, { order: "4712", wish: "blue", pin: "" });
  expect(new Forms(kept, "onda").opened("c2", FIELDS).wish).toBe("");
  expect(new Forms(kept, "rival").opened("c1", FIELDS).wish).toBe("");
  expect(new Forms(kept, "onda").opened("c1", FIELDS.slice(0, 1))).toEqual({ order: "4711" });
});

it("leaves nothing behind once the card was sent", () => {
  const kept = shelf();
  const forms = new Forms(kept, "onda");
  forms.keep("c1", FIELDS, { order: "4712", wish: "blue", pin: "" });
  forms.drop();
  expect(kept.getItem("warmline:onda:card")).toBeNull();
  expect(forms.opened("c1", FIELDS)).toEqual({ order: "4711", wish: "", pin: "" });
});

it("takes what cannot be read for nothing", () => {
  const kept = shelf();
  for (const text of ["{", "7", '{"contact":"c1"}', '{"contact":"c1","entries":{"order":1,"wish":2}}']) {
    kept.setItem("warmline:onda:card", text);
    expect(new Forms(kept, "onda").opened("c1", FIELDS).order).toBe("4711");
  }
});
