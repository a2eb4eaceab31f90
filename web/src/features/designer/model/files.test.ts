/** A journey goes into a file and comes back, as JSON on this machine alone and as Python by way of the server. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setLocale } from "@/i18n/t";
import type { JourneyJson } from "../seams";
import { fileJourney, fileText } from "./files";

const journey: JourneyJson = {
  id: "orders",
  sections: { start: [{ step: "end", prompt: "bye" }] },
  on_error: [{ step: "end", prompt: "bye" }],
};

function answer(status: number, body: unknown) {
  return vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(() => Promise.resolve(new Response(JSON.stringify(body), { status })));
}

describe("a journey as a file", () => {
  beforeEach(() => setLocale("en"));
  afterEach(() => vi.restoreAllMocks());

  it("is JSON without asking anybody", async () => {
    const asked = answer(500, {});
    const text = await fileText(journey, "json");
    expect(await fileJourney(new File([text], "orders.json"), "orders")).toEqual(journey);
    expect(await fileJourney(new File(["{}"], "orders.json"), "orders")).toBeNull();
    expect(asked).not.toHaveBeenCalled();
  });

  it("is Python as the server writes and reads it, into the journey that is open", async () => {
    const writing = answer(200, { source: "JOURNEY = …" });
    expect(await fileText(journey, "py")).toBe("JOURNEY = …");
    expect(writing.mock.calls[0]?.[0]).toBe("/api/journeys/orders/python");
    const reading = answer(200, { document: journey });
    expect(await fileJourney(new File(["JOURNEY = …"], "orders.py"), "other")).toEqual(journey);
    expect(reading.mock.calls.at(-1)?.[0]).toBe("/api/journeys/other/python/read");
  });

  it("says what is wrong with a Python text, in the words of the server", async () => {
    const error = { code: "designer.not_python", text: "x", fix: "", details: { reason: "Line 3: no" } };
    answer(422, { error });
    await expect(fileJourney(new File(["x ="], "orders.py"), "orders")).rejects.toThrow("Line 3");
  });
});
