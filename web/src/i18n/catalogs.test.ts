/** Korean, Japanese and English are equal: every text is in all three, with the same variables. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LOCALES } from "./locale";
import { format } from "./message";

const here = import.meta.dirname;

function texts(locale: string): Map<string, string> {
  const all = new Map<string, string>();
  for (const file of readdirSync(join(here, locale))) {
    const catalog: Record<string, string> = JSON.parse(readFileSync(join(here, locale, file), "utf8"));
    for (const [key, text] of Object.entries(catalog)) all.set(`${file.replace(".json", "")}.${key}`, text);
  }
  return all;
}

function variables(template: string): string[] {
  const found = [...template.matchAll(/\{\s*(\w+)\s*(?:\}|,)/g)].map((match) => match[1] ?? "");
  return [...new Set(found)].sort();
}

const english = texts("en");

describe.each(LOCALES)("the texts in %s", (locale) => {
  const mine = texts(locale);

  it("has every key and no other", () => {
    expect([...mine.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("uses the same variables as English and says something", () => {
    for (const [key, text] of mine) {
      expect(text.trim(), key).not.toBe("");
      expect(variables(text), key).toEqual(variables(english.get(key) ?? ""));
    }
  });

  it("can be formatted", () => {
    for (const [key, text] of mine) {
      expect(format(locale, text, Object.fromEntries(variables(text).map((name) => [name, 2]))), key).not.toMatch(
        /\bplural\b/,
      );
    }
  });
});
