/** GETs for screens: shown at once from memory, refreshed behind it. */
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { ApiError, api } from "./client";

interface Entry {
  data: unknown;
  error: ApiError | null;
  loading: boolean;
  fetched_ms: number;
}

export interface Resource<R> {
  data: R | undefined;
  error: ApiError | null;
  loading: boolean;
  reload: () => Promise<void>;
}

const MOST_ENTRIES = 200;
const EMPTY: Entry = { data: undefined, error: null, loading: false, fetched_ms: 0 };

const entries = new Map<string, Entry>();
const listeners = new Set<() => void>();

function set(path: string, entry: Entry): void {
  entries.delete(path);
  entries.set(path, entry);
  if (entries.size > MOST_ENTRIES) {
    const oldest = entries.keys().next().value;
    if (oldest !== undefined) entries.delete(oldest);
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export async function loadResource(path: string): Promise<void> {
  const before = entries.get(path) ?? EMPTY;
  if (before.loading) return;
  set(path, { ...before, loading: true });
  try {
    set(path, { data: await api.get(path), error: null, loading: false, fetched_ms: Date.now() });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    set(path, { ...before, error, loading: false, fetched_ms: Date.now() });
  }
}

/** Fetch again whatever is in memory and begins with `prefix`; call after a write. */
export function refresh(prefix: string): void {
  for (const path of [...entries.keys()]) if (path.startsWith(prefix)) void loadResource(path);
}

/** Forget everything, at sign-out. */
export function forgetResources(): void {
  entries.clear();
  for (const listener of listeners) listener();
}

/** The answer of `GET /api<path>`; null asks for nothing. Fetched again when older than `fresh_ms`. */
export function useResource<R>(path: string | null, fresh_ms = 10_000): Resource<R> {
  const entry = useSyncExternalStore(subscribe, () => (path === null ? EMPTY : (entries.get(path) ?? EMPTY)));
  useEffect(() => {
    if (path === null) return;
    if (Date.now() - (entries.get(path)?.fetched_ms ?? 0) > fresh_ms) void loadResource(path);
  }, [path, fresh_ms]);
  const reload = useCallback(async () => {
    if (path !== null) await loadResource(path);
  }, [path]);
  return {
    data: entry.data as R | undefined,
    error: entry.error,
    loading: entry.loading || (path !== null && entry.fetched_ms === 0),
    reload,
  };
}
