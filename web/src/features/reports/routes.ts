/** Reports: figures with one definition each, down to the contacts. */
import { ChartNoAxesColumn } from "lucide-react";
import { route } from "@/app/router";

export const routes = [
  route({
    path: "/reports",
    title: "reports.title",
    roles: ["supervisor", "admin"],
    nav: { order: 30, icon: ChartNoAxesColumn, keys: "g r" },
    load: () => import("./ReportsPage"),
  }),
];
