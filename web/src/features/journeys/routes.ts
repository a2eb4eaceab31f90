/** Journeys as they are published, and the prompts they say. */
import { MessageSquareQuote, Waypoints } from "lucide-react";
import { route } from "@/app/router";
import { OFFICE } from "@/i18n/office";
import { withTexts } from "@/i18n/t";

const roles = ["supervisor", "designer", "admin"];

export const routes = [
  route({
    path: "/journeys/:id?",
    title: "shell.journeys",
    roles,
    nav: { order: 40, icon: Waypoints, keys: "g j" },
    load: () => withTexts(OFFICE, import("./JourneysPage")),
  }),
  route({
    path: "/prompts",
    title: "shell.prompts",
    roles,
    nav: { order: 41, icon: MessageSquareQuote, keys: "g p", rail: false },
    load: () => withTexts(OFFICE, import("./PromptsPage")),
  }),
];
