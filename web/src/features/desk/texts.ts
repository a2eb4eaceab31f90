/** The words of lines, promised calls and the fuller timeline, fetched with the parts that say them. */
import { withTexts as fetchWith, type Texts } from "@/i18n/t";

const TEXTS: Texts = {
  ko: () => import("@/i18n/catalog.lines.ko"),
  ja: () => import("@/i18n/catalog.lines.ja"),
  en: () => import("@/i18n/catalog.lines.en"),
};

/** Fetch a part of the desk together with its words. */
export function withTexts<Part>(part: Promise<Part>): Promise<Part> {
  return fetchWith(TEXTS, part);
}
