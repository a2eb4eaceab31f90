/** One's own settings. */
import { route } from "@/app/router";

export const routes = [route({ path: "/me", title: "session.settings", load: () => import("./SettingsPage") })];
