/** Commands that hold everywhere: go, presence, view. */
import { useMemo } from "react";
import { t } from "@/i18n/t";
import { sendPresence } from "@/live/commands";
import { liveState, useLive } from "@/live/store";
import { type Command, useCommands } from "../commands";
import { preferences, setPreferences } from "../preferences";
import { navigate } from "../router";
import { navRoutes, navTarget } from "../routes";
import { startShift } from "../shift";
import { awayReasons, reasonName } from "./presence";

type Overlay = "palette" | "keys" | null;

export function useShellCommands(roles: readonly string[], setOverlay: (overlay: Overlay) => void): void {
  const own = useLive((state) => state.pause_reasons);
  const commands = useMemo(() => {
    const go: Command[] = navRoutes(roles).map((route) => ({
      id: `go:${route.path}`,
      title: () => t("shell.go_to", { name: t(route.title) }),
      group: "go",
      keys: route.nav?.keys,
      run: () => navigate(navTarget(route)),
    }));
    const presence: Command[] = [
      {
        id: "presence:available",
        title: "shell.command.available",
        group: "presence",
        when: () => liveState().me?.presence !== "available",
        run: () => void startShift(),
      },
      ...awayReasons(own).map(
        ({ id }): Command => ({
          id: `presence:${id}`,
          title: () => t("shell.command.away", { name: reasonName(id, own) }),
          group: "presence",
          run: () => sendPresence("away", id),
        }),
      ),
    ];
    const view: Command[] = [
      {
        id: "palette",
        title: "shell.search",
        group: "view",
        keys: "mod+k",
        inInputs: true,
        run: () => setOverlay("palette"),
      },
      { id: "keys", title: "shell.keys", group: "view", keys: "?", run: () => setOverlay("keys") },
      { id: "settings", title: "session.settings", group: "go", keys: "g s", run: () => navigate("/me") },
      {
        id: "theme",
        title: "shell.command.theme",
        group: "view",
        run: () => {
          const dark = getComputedStyle(document.body).colorScheme === "dark" || preferences().theme === "dark";
          setPreferences({ theme: dark ? "light" : "dark" });
        },
      },
      {
        id: "density",
        title: "shell.command.density",
        group: "view",
        run: () => setPreferences({ density: preferences().density === "compact" ? "roomy" : "compact" }),
      },
    ];
    return [...go, ...presence, ...view];
  }, [roles, setOverlay, own]);
  useCommands(commands, `${roles.join()} ${own.map(({ id }) => id).join()}`);
}
