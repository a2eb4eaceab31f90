/** The journey designer. */
import { route } from "@/app/router";
import { DESIGNER } from "@/i18n/designer";
import { OFFICE } from "@/i18n/office";
import { withTexts } from "@/i18n/t";

export const routes = [
  route({
    path: "/journeys/:id/edit",
    title: "shell.journeys",
    roles: ["supervisor", "designer", "admin"],
    load: () => withTexts(DESIGNER, withTexts(OFFICE, import("./DesignerPage"))),
  }),
];
