/** Who is signed in, and how one gets in and out. */
import { useSyncExternalStore } from "react";
import { ApiError, api, setCsrf, whenSignedOut } from "@/api/client";
import { forgetResources } from "@/api/resource";
import { forgetEntries } from "@/features/guides/kept";
import { hasChosenLocale, isLocale } from "@/i18n/locale";
import { locale, setLocale } from "@/i18n/t";
import { connect, disconnect } from "@/live/socket";
import { resetLive } from "@/live/store";

export interface SessionMe {
  id: string;
  name: string;
  email?: string;
  roles: readonly string[];
  locale: string;
}

export interface Session {
  status: "unknown" | "out" | "in";
  me: SessionMe | null;
}

interface SignedIn {
  me: SessionMe;
  csrf: string;
}

/** Those who work with customers: only they have a live connection. Source: src/warmline/features/security/roles.py. */
export const DESK_ROLES = ["agent", "supervisor", "admin"] as const;

let session: Session = { status: "unknown", me: null };
const listeners = new Set<() => void>();

function publish(next: Session): void {
  session = next;
  for (const listener of [...listeners]) listener();
}

async function enter({ me, csrf }: SignedIn, speakTheirs = true): Promise<void> {
  setCsrf(csrf);
  if (speakTheirs && !hasChosenLocale() && isLocale(me.locale)) await setLocale(me.locale, false);
  publish({ status: "in", me });
  if (hasRole(...DESK_ROLES)) connect();
}

function leave(): void {
  disconnect();
  resetLive();
  forgetResources();
  forgetEntries();
  setCsrf(null);
  publish({ status: "out", me: null });
}

/** Ask the server who we are; called once at start. */
export async function startSession(): Promise<void> {
  whenSignedOut(leave);
  try {
    await enter(await api.get<SignedIn>("/auth/me"));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) forgetEntries(); // it ended while the page was not open
    publish({ status: "out", me: null });
  }
}

export async function signIn(tenant: string, email: string, password: string): Promise<void> {
  await enter(await api.post<SignedIn>("/auth/login", { tenant, email, password }));
}

/** Demo only: enter as a role, without a password, and keep reading the language one chose the role in. */
export async function signInAs(role: string): Promise<void> {
  const signedIn = await api.post<SignedIn>("/demo/login", { role });
  await setLocale(locale());
  await enter(signedIn, false);
}

export async function signOut(): Promise<void> {
  try {
    await api.post("/auth/logout");
  } finally {
    leave();
  }
}

export function currentSession(): Session {
  return session;
}

export function useSession(): Session {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => session,
  );
}

export function hasRole(...roles: readonly string[]): boolean {
  return roles.some((role) => session.me?.roles.includes(role));
}
