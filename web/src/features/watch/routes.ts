/** The way of cases across channels and journeys. */
import { Workflow } from "lucide-react";
import { route } from "@/app/router";
import { DESIGNER } from "@/i18n/designer";
import { withTexts } from "@/i18n/t";

export const routes = [
  route({
    path: "/reports/journeys",
    title: "shell.case_flow",
    roles: ["supervisor", "designer", "admin"],
    nav: { order: 31, icon: Workflow, keys: "g c", rail: false },
    load: () => withTexts(DESIGNER, import("./FlowPage")),
  }),
];
