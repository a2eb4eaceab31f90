import { describe, expect, it } from "vitest";
import { formatAgo, formatBytes, formatClock } from "./format";

describe("a span of time", () => {
  it("is written as a clock", () => {
    expect(formatClock(7)).toBe("0:07");
    expect(formatClock(247)).toBe("4:07");
    expect(formatClock(3753)).toBe("1:02:33");
    expect(formatClock(-3)).toBe("0:00");
  });

  it("is told in words when it is long ago", () => {
    const now = Date.parse("2026-11-20T12:00:00Z");
    expect(formatAgo("2026-11-17T12:00:00Z", now)).toBe("3 days ago");
    expect(formatAgo("2026-11-20T11:58:00Z", now)).toBe("2 minutes ago");
  });
});

describe("a file size", () => {
  it("is short", () => {
    expect(formatBytes(900)).toBe("900 B");
    expect(formatBytes(240_000)).toBe("234 KB");
    expect(formatBytes(5_400_000)).toBe("5.1 MB");
  });
});
