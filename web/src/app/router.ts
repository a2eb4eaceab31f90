/** A small typed router over the History API: patterns like `/desk/:id?`, parameters known to the compiler. */
import { type ComponentType, type LazyExoticComponent, type ReactNode, useSyncExternalStore } from "react";
import type { Key } from "@/i18n/keys";
import { lazy } from "./fetching";

type Segment<S extends string> = S extends `:${infer Name}?`
  ? { [K in Name]?: string }
  : S extends `:${infer Name}`
    ? { [K in Name]: string }
    : unknown;

/** The parameters that a pattern holds. */
export type Params<P extends string> = P extends `${infer Head}/${infer Tail}`
  ? Segment<Head> & Params<Tail>
  : Segment<P>;

export interface NavEntry {
  /** Place in the rail, small first. */
  order: number;
  icon: ComponentType<{ size?: number; "aria-hidden"?: boolean | "true" }>;
  /** Keys that lead here, e.g. "g l". */
  keys?: string;
  /** Where it leads, when not the pattern without its parameters. */
  to?: string;
  /** False: reached by its keys, ⌘K and links, without a place in the rail. */
  rail?: boolean;
}

export interface RouteDef {
  path: string;
  title: Key;
  /** Any of these roles may see it; everybody signed in when left out. */
  roles?: readonly string[];
  nav?: NavEntry;
  // biome-ignore lint/suspicious/noExplicitAny: routes of different parameters live in one list; each was checked by `route`.
  page: LazyExoticComponent<ComponentType<any>>;
  preload: () => Promise<unknown>;
}

interface RouteInput<P extends string> extends Omit<RouteDef, "path" | "page" | "preload"> {
  path: P;
  load: () => Promise<{ default: ComponentType<{ params: Params<P> }> | (() => ReactNode) }>;
}

/** Declare a screen. `load` imports it only when it is first shown. */
export function route<const P extends string>({ load, ...rest }: RouteInput<P>): RouteDef {
  return { ...rest, page: lazy(load), preload: load };
}

/** The parameters of `path` under `pattern`, or null when it does not fit. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index];
    if (segment.startsWith(":")) {
      const name = segment.slice(1).replace("?", "");
      if (value !== undefined) params[name] = decodeURIComponent(value);
      else if (!segment.endsWith("?")) return null;
    } else if (segment !== value) {
      return null;
    }
  }
  return given.length > wanted.length ? null : params;
}

const listeners = new Set<() => void>();
type Guard = () => void;
const guards = new Set<Guard>();

function tell(): void {
  for (const listener of [...listeners]) listener();
}

if (typeof addEventListener === "function") addEventListener("popstate", tell);

/** Go to an address inside the app. */
export function navigate(to: string, { replace = false } = {}): void {
  if (to === location.pathname + location.search) return;
  for (const guard of guards) guard();
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  tell();
}

/** Run `guard` before every navigation, e.g. to put a draft in safety. */
export function beforeNavigate(guard: Guard): () => void {
  guards.add(guard);
  return () => guards.delete(guard);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** The query part of the address, as text (`?q=…`). */
export function useQueryString(): string {
  return useSyncExternalStore(subscribe, () => location.search);
}
