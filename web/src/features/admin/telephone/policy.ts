/** What may be called, as it is edited. Source: src/warmline/domain/outbound/gate.py. Pure. */
import { asPrefix } from "./prefixes";

export interface Price {
  prefix: string;
  per_minute_milli: number;
}

export interface Rules {
  enabled: boolean;
  region: string;
  allowed: readonly string[];
  blocked: readonly string[];
  costly_allowed: boolean;
  calls_per_minute: number;
  daily_spend_cap_milli: number;
  unknown_price_milli: number;
  prices: readonly Price[];
  expected_minutes: number;
}

export interface Policy {
  id: string;
  version: number;
  rules: Rules;
}

/** Why a number is not called. */
export type Denial =
  | "off"
  | "not_a_number"
  | "emergency"
  | "prefix_blocked"
  | "prefix_not_allowed"
  | "costly"
  | "too_many"
  | "spend_cap"
  | "no_caller_number";

export interface Tried {
  allowed: boolean;
  number: string | null;
  reason: Denial | null;
  per_minute_milli: number | null;
}

/** The body to send: prices by prefixes as numbers have them, in their order. */
export function bodyOfPolicy(rules: Rules, version: number | null): object {
  const prices = rules.prices
    .map((price) => ({ ...price, prefix: asPrefix(price.prefix) ?? price.prefix }))
    .toSorted((a, b) => a.prefix.localeCompare(b.prefix));
  return { rules: { ...rules, prices }, version: version ?? 0 };
}
