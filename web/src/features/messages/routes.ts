/** Messages left by telephone. */
import { Voicemail } from "lucide-react";
import { route } from "@/app/router";
import { type Texts, withTexts } from "@/i18n/t";

const TEXTS: Texts = {
  ko: () => import("@/i18n/catalog.messages.ko"),
  ja: () => import("@/i18n/catalog.messages.ja"),
  en: () => import("@/i18n/catalog.messages.en"),
};

export const routes = [
  route({
    path: "/messages",
    title: "shell.messages",
    roles: ["agent", "supervisor", "admin"],
    nav: { order: 14, icon: Voicemail, keys: "g m" },
    load: () => withTexts(TEXTS, import("./MessagesPage")),
  }),
];
