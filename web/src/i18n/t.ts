/** Texts of the interface: typed keys, three languages, loaded one language at a time. */
import { useSyncExternalStore } from "react";
import type { Key } from "./keys";
import { type Locale, type LocalText, preferredLocale, rememberLocale } from "./locale";
import { format, type Params } from "./message";

type Catalog = ReadonlyMap<string, string>;
export type T = (key: Key, params?: Params) => string;

type Files = Record<string, Record<string, string>>;
/** How to fetch some texts in each language. */
export type Texts = Record<Locale, () => Promise<{ default: Files }>>;

const LOADERS: Texts = {
  ko: () => import("./catalog.ko"),
  ja: () => import("./catalog.ja"),
  en: () => import("./catalog.en"),
};

const loaded = new Map<Locale, Map<string, string>>();
/** Texts of large screens few people open: fetched with their screen, and with every language from then on. */
const more = new Set<Texts>();
const listeners = new Set<() => void>();
let current: Locale = "en";
let translate: T = (key) => key;

function flatten(files: Files, catalog = new Map<string, string>()): Map<string, string> {
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
  for (const texts of more) flatten((await texts[locale]()).default, catalog);
  current = locale;
  translate = translator(locale, catalog);
  document.documentElement.lang = locale;
  if (remember) rememberLocale(locale);
  for (const listener of listeners) listener();
}

/** Fetch a screen's own texts in the current language; its route calls this before the screen is shown. */
export async function loadTexts(texts: Texts): Promise<void> {
  more.add(texts);
  const catalog = loaded.get(current);
  if (catalog) flatten((await texts[current]()).default, catalog);
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

/** Fetch a part of the screen together with its words. */
export async function withTexts<Part>(texts: Texts, part: Promise<Part>): Promise<Part> {
  const [fetched] = await Promise.all([part, loadTexts(texts)]);
  return fetched;
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
