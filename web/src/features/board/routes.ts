/** The live board and its wall display, for supervisors. */
import { Activity, Monitor } from "lucide-react";
import { route } from "@/app/router";

const roles = ["supervisor", "admin"];

export const routes = [
  route({
    path: "/live",
    title: "board.title",
    roles,
    nav: { order: 20, icon: Activity, keys: "g l" },
    load: () => import("./BoardPage"),
  }),
  route({
    path: "/live/wall",
    title: "board.wall",
    roles,
    nav: { order: 21, icon: Monitor, keys: "g w", rail: false },
    load: () => import("./WallPage"),
  }),
];
