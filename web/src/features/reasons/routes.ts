/** Why customers come, how well each reason is served, and what is missing. */
import { Signpost } from "lucide-react";
import { route } from "@/app/router";
import { OFFICE } from "@/i18n/office";
import { REASONS } from "@/i18n/reasons";
import { withTexts } from "@/i18n/t";

export const routes = [
  route({
    path: "/reasons",
    title: "shell.reasons",
    roles: ["supervisor", "designer", "admin"],
    nav: { order: 42, icon: Signpost, keys: "g i" },
    load: () => withTexts(OFFICE, withTexts(REASONS, import("./ReasonsPage"))),
  }),
];
