/** The ledger: proof that nobody is forgotten. */
import { ScrollText } from "lucide-react";
import { route } from "@/app/router";
import { OFFICE } from "@/i18n/office";
import { withTexts } from "@/i18n/t";

export const routes = [
  route({
    path: "/ledger",
    title: "shell.ledger",
    roles: ["supervisor", "admin"],
    nav: { order: 22, icon: ScrollText, keys: "g k", rail: false },
    load: () => withTexts(OFFICE, import("./LedgerPage")),
  }),
];
