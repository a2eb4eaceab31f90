/** A person's account as it is edited. */
import type { Person } from "@/api/settings";
import type { Locale } from "@/i18n/locale";
import { locale, lookup } from "@/i18n/t";

export const ROLES = ["agent", "supervisor", "designer", "admin"] as const;
export type Role = (typeof ROLES)[number];

export interface PersonDraft {
  name: string;
  email: string;
  locale: Locale;
  roles: readonly string[];
  routing_profile_id: string | null;
  skills: readonly { skill_id: string; level: number }[];
  disabled: boolean;
  /** Empty: it stays as it is. */
  password: string;
}

export function draftOfPerson(person: Person | null): PersonDraft {
  return {
    name: person?.name ?? "",
    email: person?.email ?? "",
    locale: person?.locale ?? locale(),
    roles: person?.roles ?? ["agent"],
    routing_profile_id: person?.routing_profile_id ?? null,
    skills: person?.skills ?? [],
    disabled: person?.disabled ?? false,
    password: "",
  };
}

export function bodyOfPerson({ disabled, password, ...rest }: PersonDraft, version: number | null): object {
  const secret = password === "" ? {} : { password };
  return version === null ? { ...rest, ...secret } : { ...rest, ...secret, disabled, version };
}

/** Roles in their fixed order, with `role` added or taken away. */
export function withRole(roles: readonly string[], role: Role, on: boolean): readonly string[] {
  return ROLES.filter((each) => (each === role ? on : roles.includes(each)));
}

export function rolesText(roles: readonly string[]): string {
  return roles.map((role) => lookup(`admin.role.${role}`) ?? role).join(", ");
}
