/** The words of guides, fetched with the first of them. */
import type { Texts } from "./t";

export const GUIDES: Texts = {
  ko: () => import("./catalog.guides.ko"),
  ja: () => import("./catalog.guides.ja"),
  en: () => import("./catalog.guides.en"),
};
