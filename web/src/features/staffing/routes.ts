/** Staffing for supervisors, and one's own shifts for everybody who has them. */
import { CalendarClock, CalendarDays } from "lucide-react";
import { route } from "@/app/router";
import { loadTexts } from "@/i18n/t";
import { TEXTS } from "./texts";

/** Fetch a screen together with its words. */
async function withTexts<Page>(page: Promise<Page>): Promise<Page> {
  const [fetched] = await Promise.all([page, loadTexts(TEXTS)]);
  return fetched;
}

export const routes = [
  route({
    path: "/staffing",
    title: "shell.staffing",
    roles: ["supervisor", "admin"],
    nav: { order: 32, icon: CalendarClock, keys: "g t" },
    load: () => withTexts(import("./StaffingPage")),
  }),
  route({
    path: "/shifts",
    title: "shell.shifts",
    roles: ["agent", "supervisor", "admin"],
    nav: { order: 16, icon: CalendarDays, keys: "g h" },
    load: () => withTexts(import("./OwnPage")),
  }),
];
