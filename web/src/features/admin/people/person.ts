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
  team: string;
  /** One a line, `name: value`. */
  attributes: string;
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
    team: person?.team ?? "",
    attributes: linesOf(person?.attributes ?? {}),
    disabled: person?.disabled ?? false,
    password: "",
  };
}

export function bodyOfPerson(draft: PersonDraft, version: number | null): object {
  const { disabled, password, team, attributes, ...rest } = draft;
  const secret = password === "" ? {} : { password };
  const body = { ...rest, team: team.trim() || null, attributes: attributesOf(attributes), ...secret };
  return version === null ? body : { ...body, disabled, version };
}

export function linesOf(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}

/** Lines of `name: value`; a line without a colon is kept as a name without a value, for the API to refuse. */
export function attributesOf(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(":");
      return at < 0 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

/** Roles in their fixed order, with `role` added or taken away. */
export function withRole(roles: readonly string[], role: Role, on: boolean): readonly string[] {
  return ROLES.filter((each) => (each === role ? on : roles.includes(each)));
}

export function rolesText(roles: readonly string[]): string {
  return roles.map((role) => lookup(`admin.role.${role}`) ?? role).join(", ");
}
