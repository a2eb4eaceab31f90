/** One customer, with everything that happened. Found by search, reached by link. */
import { route } from "@/app/router";

export const routes = [
  route({
    path: "/customers/:id",
    title: "customers.title",
    roles: ["agent", "supervisor", "admin"],
    load: () => import("./CustomerPage"),
  }),
];
