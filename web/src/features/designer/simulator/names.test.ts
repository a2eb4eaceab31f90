/** A conversation tells of queues, hours and backends by their names. */
import { beforeAll, describe, expect, it } from "vitest";
import { DESIGNER } from "@/i18n/designer";
import { OFFICE } from "@/i18n/office";
import { loadTexts, setLocale } from "@/i18n/t";
import { type Names, NO_NAMES } from "../inspector/names";
import { nameIn, stepWords, timerName } from "./names";
import type { Line } from "./talk";

const NAMES: Names = { ...NO_NAMES, queues: [{ id: "q-17", name: { ko: "주문", en: "Orders" } }] };

function aside(kind: string, name: string): Line {
  return { who: "aside", kind, at_s: 0, text: "", name, place: "", options: [], deed: null };
}

beforeAll(async () => {
  await setLocale("en", false);
  await Promise.all([loadTexts(DESIGNER), loadTexts(OFFICE)]);
});

describe("what a conversation tells of", () => {
  it("a queue is called by its name, also where a call is promised", () => {
    expect(stepWords(aside("queue", "q-17"), NAMES)).toBe("Orders");
    expect(stepWords(aside("callback", "q-17"), NAMES)).toBe("Orders");
  });

  it("a queue that is not there yet keeps the id that the journey names", () => {
    expect(nameIn(NAMES.queues, "q-18")).toBe("q-18");
  });

  it("a backend is called as agents know it, and in plain words where nobody named it", () => {
    expect(stepWords(aside("task", "orders.find"), NAMES)).toBe("Order look-up");
    expect(timerName("task:orders.find")).toBe("backend Order look-up");
    expect(stepWords(aside("task", "parcels.trace_back"), NAMES)).toBe("parcels trace back");
  });
});
