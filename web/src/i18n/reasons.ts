/** The words of the map of contact reasons. */
import type { Texts } from "./t";

export const REASONS: Texts = {
  ko: () => import("./catalog.reasons.ko"),
  ja: () => import("./catalog.reasons.ja"),
  en: () => import("./catalog.reasons.en"),
};
