/** The agent's desk. */
import { Inbox } from "lucide-react";
import { route } from "@/app/router";

export const routes = [
  route({
    path: "/desk/:id?",
    title: "desk.title",
    roles: ["agent", "supervisor", "admin"],
    nav: { order: 10, icon: Inbox, keys: "g d" },
    load: () => import("./DeskPage"),
  }),
];
