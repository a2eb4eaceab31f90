/** All screens: every feature declares its own in `features/<name>/routes.ts`. */
import { match, type RouteDef } from "./router";

const declared = import.meta.glob<readonly RouteDef[]>("../features/*/routes.ts", {
  eager: true,
  import: "routes",
});

export const ROUTES: readonly RouteDef[] = Object.values(declared).flat();

export interface Found {
  route: RouteDef;
  params: Record<string, string>;
}

export function findRoute(path: string): Found | null {
  for (const route of ROUTES) {
    const params = match(route.path, path);
    if (params) return { route, params };
  }
  return null;
}

export function mayOpen(route: RouteDef, roles: readonly string[]): boolean {
  return !route.roles || route.roles.some((role) => roles.includes(role));
}

/** Where a rail entry leads: its pattern without parameters. */
export function navTarget(route: RouteDef): string {
  return route.nav?.to ?? (route.path.replace(/\/:.*$/, "") || "/");
}

export function navRoutes(roles: readonly string[]): readonly RouteDef[] {
  return ROUTES.filter((route) => route.nav && mayOpen(route, roles)).sort(
    (a, b) => (a.nav?.order ?? 0) - (b.nav?.order ?? 0),
  );
}
