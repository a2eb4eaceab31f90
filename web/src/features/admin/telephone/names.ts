/** Countries by name, in the language of the interface. */
import { useMemo } from "react";
import { useLocale, useT } from "@/i18n/t";
import type { Choice } from "@/ui/Select";
import { COUNTRIES, regionsOf } from "./prefixes";

const SHOWN = 2;

/** The name of a country in a language; its two letters when it has none there. */
export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames(language, { type: "region" }).of(code) ?? code;
}

/** Every country to choose from, in the order of the language. */
export function useCountries(): readonly Choice[] {
  const language = useLocale();
  return useMemo(
    () =>
      COUNTRIES.map((id) => ({ id, label: countryName(id, language), detail: id })).sort((a, b) =>
        a.label.localeCompare(b.label, language),
      ),
    [language],
  );
}

/** Where numbers with a beginning lead, in words: "Japan", "United States, Canada and 23 more". */
export function useWhere(): (prefix: string) => string {
  const t = useT();
  const language = useLocale();
  return (prefix) => {
    const found = regionsOf(prefix).map((code) => countryName(code, language));
    if (found.length === 0) return t("telephone.out.no_country");
    const countries = found.slice(0, SHOWN).join(", ");
    const count = found.length - SHOWN;
    return count > 0 ? t("telephone.out.more_countries", { countries, count }) : countries;
  };
}
