/** From the API's refusal to words at the right field. Source: src/warmline/features/security/problems.py. */
import type { ApiError } from "@/api/client";
import type { Params } from "@/i18n/message";
import { lookup, t } from "@/i18n/t";

/** Field path (`texts.ko`, `skills.0.level`) → what is wrong there. The empty path: the whole form. */
export type Errors = ReadonlyMap<string, string>;

export const NO_ERRORS: Errors = new Map();

/** What pydantic and our own rules say, and the texts that say it in the reader's language. */
const REASONS: readonly [RegExp, string, readonly string[]][] = [
  [/^Field required|valid string|should not be null|at least 1 (?:character|item)/i, "required", []],
  [/at least (\d+) characters/i, "short", ["least"]],
  [/at most (\d+) (?:characters|items)/i, "long", ["most"]],
  [/greater than or equal to (-?\d+)/i, "small", ["least"]],
  [/less than or equal to (-?\d+)/i, "large", ["most"]],
  [/valid (?:integer|number)/i, "number", []],
  [/valid (?:datetime|date)/i, "date", []],
  [/should match pattern '\^\[a-z0-9\]/i, "slug", []],
  [/should match pattern '\^#/i, "colour", []],
  [/should match pattern/i, "pattern", []],
  [/use times such as/i, "time", []],
  [/(\S+) to (\S+) is empty/i, "span_empty", ["from", "to"]],
  [/(\S+) to (\S+) overlaps/i, "span_overlaps", ["from", "to"]],
  [/IANA time zone/i, "time_zone", []],
  [/name@company/i, "email", []],
  [/https:\/\/shop/i, "origin", []],
  [/ends_at must be after/i, "ends_first", []],
  [/lasts at most a year/i, "too_long_valid", []],
  [/\{(.*?)\} is not known/i, "placeholder", ["name"]],
  [/(\S+) is there twice|twice/i, "twice", []],
  [/too large for a provider/i, "network_large", []],
  [/use an address such as/i, "network", []],
  [/needs a user name/i, "username_needed", []],
  [/name the addresses/i, "addresses_needed", []],
  [/user name has no blanks/i, "username_blank", []],
  [/there is no (.+) with this id/i, "unknown_id", []],
];

/** A reason in the reader's language; the server's own words when nobody wrote others. */
export function reasonText(reason: string): string {
  for (const [pattern, key, names] of REASONS) {
    const found = pattern.exec(reason);
    if (!found) continue;
    const params: Params = Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? ""]));
    return lookup(`admin.reason.${key}`, params) ?? reason;
  }
  return lookup("admin.reason.other", { reason }) ?? reason;
}

interface FieldReason {
  field: string;
  reason: string;
}

function isFieldReason(value: unknown): value is FieldReason {
  return typeof value === "object" && value !== null && "field" in value && "reason" in value;
}

const WHOLE = /^the (?:body|request)$|^document$/;

/** What a refusal says about fields; anything else belongs to the whole form. */
export function errorsOf(error: ApiError): Errors {
  const found = new Map<string, string>();
  if (error.code === "admin.taken") {
    const { field } = error.details;
    found.set(typeof field === "string" ? field : "id", `${error.message} ${error.fix}`);
    return found;
  }
  if (error.code === "security.weak_password") {
    found.set("password", `${error.message} ${error.fix}`);
    return found;
  }
  if (error.code !== "invalid") return new Map([["", `${error.message} ${error.fix}`]]);
  const many: unknown = error.details.fields;
  const reasons = Array.isArray(many) && many.length > 0 ? many : [error.details];
  for (const each of reasons) {
    if (!isFieldReason(each)) continue;
    const field = WHOLE.test(each.field) ? "" : each.field;
    if (!found.has(field)) found.set(field, reasonText(each.reason));
  }
  if (!found.has("")) found.set("", t("admin.some_fields"));
  return found;
}

/** What is wrong at `path` or anywhere inside it. */
export function errorAt(errors: Errors, path: string): string | null {
  const exact = errors.get(path);
  if (exact) return exact;
  for (const [field, text] of errors) if (field.startsWith(`${path}.`)) return text;
  return null;
}
