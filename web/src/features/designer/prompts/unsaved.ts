/** Texts that are typed and not saved yet: they wait while one looks at another step. */
import type { Trilingual } from "@/api/settings";
import { LOCALES } from "@/i18n/locale";
import type { Channel } from "./keys";

const typed = new Map<string, Trilingual>();

function idOf(key: string, channel: Channel): string {
  return `${channel} ${key}`;
}

export function alike(one: Trilingual, other: Trilingual): boolean {
  return LOCALES.every((locale) => one[locale] === other[locale]);
}

/** What was typed for this form and not saved; null: nothing. */
export function unsavedTexts(key: string, channel: Channel): Trilingual | null {
  return typed.get(idOf(key, channel)) ?? null;
}

/** Keep what is typed; what says the same as the saved texts is nothing to keep. */
export function keepUnsaved(key: string, channel: Channel, texts: Trilingual, saved: Trilingual): void {
  if (alike(texts, saved)) typed.delete(idOf(key, channel));
  else typed.set(idOf(key, channel), texts);
}

/** The form with texts that wait to be saved; null: neither. */
export function unsavedForm(key: string): Channel | null {
  return (["written", "spoken"] as const).find((channel) => typed.has(idOf(key, channel))) ?? null;
}
