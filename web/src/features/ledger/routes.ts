/** The ledger: proof that nobody is forgotten. */
import { ScrollText } from "lucide-react";
import { route } from "@/app/router";

export const routes = [
  route({
    path: "/ledger",
    title: "ledger.title",
    roles: ["supervisor", "admin"],
    nav: { order: 22, icon: ScrollText, keys: "g k", rail: false },
    load: () => import("./LedgerPage"),
  }),
];
