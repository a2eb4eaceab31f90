/** The words of the journey designer, fetched with it. */
import type { Texts } from "./t";

export const DESIGNER: Texts = {
  ko: () => import("./catalog.designer.ko"),
  ja: () => import("./catalog.designer.ja"),
  en: () => import("./catalog.designer.en"),
};
