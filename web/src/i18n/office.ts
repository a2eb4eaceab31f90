/** The words of those who run the center, fetched with the first of their screens. */
import type { Texts } from "./t";

export const OFFICE: Texts = {
  ko: () => import("./catalog.office.ko"),
  ja: () => import("./catalog.office.ja"),
  en: () => import("./catalog.office.en"),
};
