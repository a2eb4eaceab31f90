/** The words of the telephone's administration, fetched with its section. */
import type { Texts } from "./t";

export const TELEPHONE: Texts = {
  ko: () => import("./catalog.telephone.ko"),
  ja: () => import("./catalog.telephone.ja"),
  en: () => import("./catalog.telephone.en"),
};
