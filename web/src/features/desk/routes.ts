/** The agent's desk, the lines to pick from, and the calls that are promised. */
import { Inbox, ListPlus, PhoneOutgoing } from "lucide-react";
import { route } from "@/app/router";
import { withTexts } from "./texts";

export const routes = [
  route({
    path: "/desk/:id?",
    title: "desk.title",
    roles: ["agent", "supervisor", "admin"],
    nav: { order: 10, icon: Inbox, keys: "g d" },
    load: () => import("./DeskPage"),
  }),
  route({
    path: "/lines/:queue?",
    title: "shell.lines",
    roles: ["agent", "supervisor", "admin"],
    nav: { order: 12, icon: ListPlus, keys: "g q" },
    load: () => withTexts(import("./lines/LinesPage")),
  }),
  route({
    path: "/callbacks",
    title: "shell.callbacks",
    roles: ["supervisor", "admin"],
    nav: { order: 21, icon: PhoneOutgoing, keys: "g b" },
    load: () => withTexts(import("./callbacks/CallbacksPage")),
  }),
];
