/** Reports: figures with one definition each, down to the contacts. */
import { ChartNoAxesColumn } from "lucide-react";
import { route } from "@/app/router";
import { OFFICE } from "@/i18n/office";
import { withTexts } from "@/i18n/t";

export const routes = [
  route({
    path: "/reports",
    title: "shell.reports",
    roles: ["supervisor", "admin"],
    nav: { order: 30, icon: ChartNoAxesColumn, keys: "g r" },
    load: () => withTexts(OFFICE, import("./ReportsPage")),
  }),
];
