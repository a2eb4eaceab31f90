/** Texts of the interface: typed keys, three languages, loaded one language at a time. */
import { useSyncExternalStore } from "react";
import type { Key } from "./keys";
import { type Locale, type LocalText, preferredLocale, rememberLocale } from "./locale";
import { format, type Params } from "./message";

type Catalog = ReadonlyMap<string, string>;
export type T = (key: Key, params?: Params) => string;

const LOADERS: Record<Locale, () => Promise<{ default: Record<string, Record<string, string>> }>> = {
  ko: () => import("./catalog.ko"),
  ja: () => import("./catalog.ja"),
  en: () => import("./catalog.en"),
};

const loaded = new Map<Locale, Catalog>();
const listeners = new Set<() => void>();
let current: Locale = "en";
let translate: T = (key) => key;

function flatten(files: Record<string, Record<string, string>>): Catalog {
  const catalog = new Map<string, string>();
  for (const [path, texts] of Object.entries(files)) {
    const feature = path.slice(path.lastIndexOf("/") + 1, -".json".length);
    for (const [key, text] of Object.entries(texts)) catalog.set(`${feature}.${key}`, text);
  }
  return catalog;
}

function translator(locale: Locale, catalog: Catalog): T {
  return (key, params) => format(locale, catalog.get(key) ?? key, params);
}

/** Load a language and switch the whole interface to it; `remember` keeps it for the next visit. */
export async function setLocale(locale: Locale, remember = true): Promise<void> {
  let catalog = loaded.get(locale);
  if (!catalog) {
    catalog = flatten((await LOADERS[locale]()).default);
    loaded.set(locale, catalog);
  }
  current = locale;
  translate = translator(locale, catalog);
  document.documentElement.lang = locale;
  if (remember) rememberLocale(locale);
  for (const listener of listeners) listener();
}

export function startLocale(): Promise<void> {
  return setLocale(preferredLocale(), false);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useT(): T {
  return useSyncExternalStore(subscribe, () => translate);
}

export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, () => current);
}

/** The translator of this moment, for code outside components. */
export function t(key: Key, params?: Params): string {
  return translate(key, params);
}

export function locale(): Locale {
  return current;
}

/** A text whose key comes from data (`errors.<code>`, `desk.intent.<intent>`); undefined when there is none. */
export function lookup(key: string, params?: Params): string | undefined {
  const template = loaded.get(current)?.get(key);
  return template === undefined ? undefined : format(current, template, params);
}

/** A tenant's own text in the current language, else in another one it has. */
export function localText(text: LocalText | null | undefined, fallback = ""): string {
  return text?.[current] || text?.en || text?.ko || text?.ja || fallback;
}
