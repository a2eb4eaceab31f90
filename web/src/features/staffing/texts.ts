/** The words of the staffing screens, fetched with them. */
import type { Texts } from "@/i18n/t";

export const TEXTS: Texts = {
  ko: () => import("@/i18n/catalog.staffing.ko"),
  ja: () => import("@/i18n/catalog.staffing.ja"),
  en: () => import("@/i18n/catalog.staffing.en"),
};
