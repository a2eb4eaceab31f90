/** Staffing for supervisors, and one's own shifts for everybody who has them. */
import { CalendarClock, CalendarDays } from "lucide-react";
import { route } from "@/app/router";
import { withTexts } from "@/i18n/t";
import { TEXTS } from "./texts";

export const routes = [
  route({
    path: "/staffing",
    title: "shell.staffing",
    roles: ["supervisor", "admin"],
    nav: { order: 32, icon: CalendarClock, keys: "g t" },
    load: () => withTexts(TEXTS, import("./StaffingPage")),
  }),
  route({
    path: "/shifts",
    title: "shell.shifts",
    roles: ["agent", "supervisor", "admin"],
    nav: { order: 16, icon: CalendarDays, keys: "g h" },
    load: () => withTexts(TEXTS, import("./OwnPage")),
  }),
];
