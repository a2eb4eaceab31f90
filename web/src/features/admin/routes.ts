/** Administration: people, queues, hours, texts, the widget, the audit log. */
import { Settings } from "lucide-react";
import { route } from "@/app/router";

export const routes = [
  route({
    path: "/admin/:section?/:id?",
    title: "admin.title",
    roles: ["supervisor", "designer", "admin"],
    nav: { order: 60, icon: Settings, keys: "g a" },
    load: () => import("./AdminPage"),
  }),
];
