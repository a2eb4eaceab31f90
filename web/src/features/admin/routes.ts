/** Administration: people, queues, hours, texts, the widget, the audit log. */
import { Settings } from "lucide-react";
import { route } from "@/app/router";
import { OFFICE } from "@/i18n/office";
import { withTexts } from "@/i18n/t";

export const routes = [
  route({
    path: "/admin/:section?/:id?/:item?",
    title: "shell.admin",
    roles: ["supervisor", "designer", "admin"],
    nav: { order: 60, icon: Settings, keys: "g a" },
    load: () => withTexts(OFFICE, import("./AdminPage")),
  }),
];
