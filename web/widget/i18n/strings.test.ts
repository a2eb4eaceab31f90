import { describe, expect, it } from "vitest";
import { LOCALES } from "../protocol";
import { LAUNCHER, launcherLocale } from "./launcher";
import { dayName, fileSize, strings, waitTime } from "./strings";

const words = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  if (typeof value === "function") return [String(value(2, "x"))];
  return Object.values(value as object).flatMap(words);
};

describe.each(LOCALES)("the texts in %s", (locale) => {
  it("are complete", () => {
    for (const text of [...words(strings(locale)), ...words(LAUNCHER[locale])]) expect(text.trim()).not.toBe("");
    expect(Object.keys(strings(locale).answer).sort()).toEqual(Object.keys(strings("en").answer).sort());
  });

  it("say waits in words", () => {
    expect(waitTime(locale, 0, 60)).toBe(strings(locale).underMinute);
    expect(waitTime(locale, 180, 300)).toContain(`3${strings(locale).waitTo}`);
  });
});

it("says a wait as an interval, with its unit once, and hours where they are needed", () => {
  expect(waitTime("en", 180, 300)).toBe("about 3 to 5 minutes");
  expect(waitTime("ja", 180, 300)).toBe("約3〜5分");
  expect(waitTime("ko", 180, 300)).toBe("약 3~5분");
  expect(waitTime("en", 60, 60)).toBe("about 1 minute");
  expect(waitTime("ko", 0, 120)).toBe("길어도 2분");
  expect(waitTime("en", 3000, 4200)).toBe("about 50 minutes to 1 hour 10 minutes");
  expect(waitTime("ja", 3600, 7200)).toBe("約1時間〜2時間");
});

it("names today, and other days by their date", () => {
  const now = new Date(2026, 10, 21, 12);
  expect(dayName("ko", new Date(2026, 10, 21, 9).toISOString(), now)).toBe("오늘");
  expect(dayName("ja", new Date(2026, 10, 19, 9).toISOString(), now)).toContain("11月19日");
});

it("writes file sizes as people do", () => {
  expect(fileSize("en", 5_000_000)).toBe("5 MB");
  expect(fileSize("en", 12_345)).toBe("12 kB");
});

it("finds the launcher's language from a page's tag", () => {
  expect([launcherLocale("ko-KR"), launcherLocale("JA"), launcherLocale("fr"), launcherLocale(undefined)]).toEqual(
    ["ko", "ja", undefined, undefined],
  );
});
