/** When the board alerts, in the form. */
import { describe, expect, it } from "vitest";
import { withLimit } from "./limits";

describe("limits", () => {
  it("are set one by one and vanish when both are empty", () => {
    const warned = withLimit({}, "waiting", "warn", 5);
    expect(warned).toEqual({ waiting: { warn: 5, alarm: null } });
    const both = withLimit(warned, "waiting", "alarm", 10);
    expect(both).toEqual({ waiting: { warn: 5, alarm: 10 } });
    expect(withLimit(withLimit(both, "waiting", "warn", null), "waiting", "alarm", null)).toEqual({});
  });
});
