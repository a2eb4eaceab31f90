/** The words of lines, promised calls and the fuller timeline, fetched with the parts that say them. */
import { loadTexts, type Texts } from "@/i18n/t";

const TEXTS: Texts = {
  ko: () => import("@/i18n/catalog.lines.ko"),
  ja: () => import("@/i18n/catalog.lines.ja"),
  en: () => import("@/i18n/catalog.lines.en"),
};

/** Fetch a part of the desk together with its words. */
export async function withTexts<Part>(part: Promise<Part>): Promise<Part> {
  const [fetched] = await Promise.all([part, loadTexts(TEXTS)]);
  return fetched;
}
