/** Search over customers and contacts. */
import { Search } from "lucide-react";
import { route } from "@/app/router";

export const routes = [
  route({
    path: "/search",
    title: "search.title",
    roles: ["agent", "supervisor", "admin"],
    nav: { order: 15, icon: Search, keys: "g f" },
    load: () => import("./SearchPage"),
  }),
];
