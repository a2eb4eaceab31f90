import { describe, expect, it } from "vitest";
import { match } from "./router";

describe("an address", () => {
  it("fits its pattern and gives its parameters", () => {
    expect(match("/customers/:id", "/customers/p%201")).toEqual({ id: "p 1" });
    expect(match("/desk/:id?", "/desk")).toEqual({});
    expect(match("/desk/:id?", "/desk/c1")).toEqual({ id: "c1" });
  });

  it("does not fit another one", () => {
    expect(match("/customers/:id", "/customers")).toBeNull();
    expect(match("/desk/:id?", "/desk/c1/more")).toBeNull();
    expect(match("/live", "/live/wall")).toBeNull();
  });
});
