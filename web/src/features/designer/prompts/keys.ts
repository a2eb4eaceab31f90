/** Prompt keys of a step and names for new ones. Pure. */
import type { Prompt, Trilingual } from "@/api/settings";
import { LOCALES, type Locale } from "@/i18n/locale";

export type Channel = Prompt["channel"];

/** One key in both forms; null where nobody has written it. */
export interface BothForms {
  readonly written: Prompt | null;
  readonly spoken: Prompt | null;
}

export function formsOf(prompts: readonly Prompt[], key: string): BothForms {
  const of = (channel: Channel) => prompts.find((one) => one.key === key && one.channel === channel) ?? null;
  return { written: of("written"), spoken: of("spoken") };
}

/** The languages in which nothing would be said; a spoken form of its own is not needed. */
export function silentIn({ written, spoken }: BothForms): readonly Locale[] {
  return LOCALES.filter((locale) => !written?.texts[locale]?.trim() && !spoken?.texts[locale]?.trim());
}

/** What can be saved: all three languages say something. */
export function isWhole(texts: Trilingual): boolean {
  return LOCALES.every((locale) => texts[locale].trim() !== "");
}

/** How often each key stands in a document; what only looks like one does no harm. */
export function keysIn(document: unknown): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [, key] of JSON.stringify(document).matchAll(/"([a-z0-9_]+(?:\.[a-z0-9_]+)+)"/g)) {
    if (key !== undefined) found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

/** The key a new text gets: this one if nobody else has it and nothing is written under it, else a free one. */
export function newKey(
  now: string,
  names: { journey: string; what: string },
  document: unknown,
  written: Iterable<string>,
): string {
  const known = new Set(written);
  const standing = keysIn(document);
  if (standing.get(now) === 1 && !known.has(now)) return now;
  return freeKey(names.journey, names.what, new Set([...known, ...standing.keys()]));
}

/** A key that is not taken, after the journey and what is filled in: `order_status.ask_2`. */
export function freeKey(journey: string, what: string, taken: ReadonlySet<string>): string {
  const plain = (name: string) =>
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "");
  const base = `${plain(journey) || "journey"}.${plain(what) || "text"}`;
  let key = base;
  for (let at = 2; taken.has(key); at++) key = `${base}_${at}`;
  return key;
}
