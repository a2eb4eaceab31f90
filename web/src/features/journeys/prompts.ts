/** Prompts in three languages: which are whole, which match, what is filled in. Pure. */
import { matches } from "@/api/match";
import type { Prompt, Trilingual } from "@/api/settings";
import { LOCALES, type Locale } from "@/i18n/locale";

/** One prompt's identity: a key may have a written and a spoken text. */
export function idOf(prompt: Pick<Prompt, "key" | "channel">): string {
  return prompt.channel === "spoken" ? `${prompt.key} spoken` : prompt.key;
}

export function missingIn(texts: Prompt["texts"]): readonly Locale[] {
  return LOCALES.filter((locale) => !texts[locale]?.trim());
}

export function wholeTexts(texts: Prompt["texts"]): Trilingual {
  return { ko: texts.ko ?? "", ja: texts.ja ?? "", en: texts.en ?? "" };
}

/** The names in braces, without how they are formatted: `{quote.amount:money|을/를}` → `quote.amount`. */
export function holesOf(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\{([^{}:|]+)[^{}]*\}/g)].map((found) => (found[1] ?? "").trim()));
}

/** Names that are filled in some languages but not in all of those written. */
export function unevenHoles(texts: Trilingual): readonly string[] {
  const written = LOCALES.filter((locale) => texts[locale].trim() !== "").map((locale) => holesOf(texts[locale]));
  const all = new Set(written.flatMap((holes) => [...holes]));
  return [...all].filter((name) => written.some((holes) => !holes.has(name))).sort();
}

export function foundPrompts(
  prompts: readonly Prompt[],
  words: string,
  onlyIncomplete: boolean,
): readonly Prompt[] {
  return prompts.filter(
    (prompt) =>
      (!onlyIncomplete || missingIn(prompt.texts).length > 0) &&
      (words.trim() === "" || matches([prompt.key, ...Object.values(prompt.texts)].join(" "), words)),
  );
}

/** Prompt key → its written text's key in a map of texts in one language, else in any. */
export function textIn(prompts: readonly Prompt[], locale: Locale): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { key, channel, texts: own } of prompts) {
    const text = own[locale] || own.en || own.ko || own.ja;
    if (text && (channel === "written" || !texts.has(key))) texts.set(key, text);
  }
  return texts;
}
