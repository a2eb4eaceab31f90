import { describe, expect, it } from "vitest";
import { standingOf } from "./standing";

describe("where a message stands", () => {
  const heard = { by: "a", name: "Mina", at: "2026-11-22T09:00:00Z" };

  it("is heard or not as long as it waits", () => {
    expect(standingOf({ stage: "open", heard: null })).toBe("unheard");
    expect(standingOf({ stage: "open", heard })).toBe("heard");
  });

  it("is what became of it, whoever heard it before", () => {
    expect(standingOf({ stage: "done", heard })).toBe("done");
    expect(standingOf({ stage: "promised", heard: null })).toBe("promised");
    expect(standingOf({ stage: "taken", heard: null })).toBe("taken");
  });
});
