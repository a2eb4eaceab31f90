/** Journeys as they are published, and the prompts they say. */
import { MessageSquareQuote, Waypoints } from "lucide-react";
import { route } from "@/app/router";

const roles = ["supervisor", "designer", "admin"];

export const routes = [
  route({
    path: "/journeys/:id?",
    title: "journeys.title",
    roles,
    nav: { order: 40, icon: Waypoints, keys: "g j" },
    load: () => import("./JourneysPage"),
  }),
  route({
    path: "/prompts",
    title: "journeys.prompts",
    roles,
    nav: { order: 41, icon: MessageSquareQuote, keys: "g p", rail: false },
    load: () => import("./PromptsPage"),
  }),
];
