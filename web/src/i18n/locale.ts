/** Which of the three languages the interface speaks. */
export const LOCALES = ["ko", "ja", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** A name written by the tenant in all three languages. */
export type LocalText = Readonly<Partial<Record<Locale, string>>>;

const STORED = "warmline.locale";

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The chosen language, else the browser's first that we speak, else English. */
export function preferredLocale(): Locale {
  const stored = localStorage.getItem(STORED);
  if (isLocale(stored)) return stored;
  for (const tag of navigator.languages) {
    const base = tag.slice(0, 2);
    if (isLocale(base)) return base;
  }
  return "en";
}

export function rememberLocale(locale: Locale): void {
  localStorage.setItem(STORED, locale);
}

export function hasChosenLocale(): boolean {
  return isLocale(localStorage.getItem(STORED));
}
