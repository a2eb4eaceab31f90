/** Staffing for supervisors, and one's own shifts for everybody who has them. */
import { CalendarClock, CalendarDays } from "lucide-react";
import { route } from "@/app/router";

export const routes = [
  route({
    path: "/staffing",
    title: "staffing.title",
    roles: ["supervisor", "admin"],
    nav: { order: 32, icon: CalendarClock, keys: "g t" },
    load: () => import("./StaffingPage"),
  }),
  route({
    path: "/shifts",
    title: "staffing.own",
    roles: ["agent", "supervisor", "admin"],
    nav: { order: 16, icon: CalendarDays, keys: "g h" },
    load: () => import("./OwnPage"),
  }),
];
