/** Conditions and constants while they are drawn: turned into one another without losing what was said. Pure. */
import type { Json } from "../seams";
import { isPart, type Part } from "./schema";

export type ConditionKind = "compare" | "all" | "any" | "not";

export const BLANK: Part = { cond: "compare", left: { value: "var", path: "" }, op: "is_set", right: null };

export function kindOf(condition: Part): ConditionKind {
  const { cond } = condition;
  return cond === "all" || cond === "any" || cond === "not" ? cond : "compare";
}

export function inner(condition: Part): readonly Part[] {
  if (kindOf(condition) === "not") return isPart(condition.condition) ? [condition.condition] : [];
  return Array.isArray(condition.conditions) ? condition.conditions.filter(isPart) : [];
}

/** The condition as another kind: a comparison becomes the first of a list, a list of one becomes that one. */
export function asKind(condition: Part, kind: ConditionKind): Part {
  const before = kindOf(condition);
  if (before === kind) return condition;
  const parts = before === "compare" ? [condition] : inner(condition);
  if (kind === "not") {
    return {
      cond: "not",
      condition: before === "compare" || parts.length !== 1 ? condition : (parts[0] ?? BLANK),
    };
  }
  if (kind === "compare") return firstComparison(condition) ?? BLANK;
  return { cond: kind, conditions: before === "not" ? [condition] : parts };
}

function firstComparison(condition: Part): Part | null {
  if (kindOf(condition) === "compare") return condition;
  for (const each of inner(condition)) {
    const found = firstComparison(each);
    if (found) return found;
  }
  return null;
}

/** A comparison with another operator; what it is compared with keeps fitting. */
export function withOperator(compare: Part, op: string): Part {
  const { right = null } = compare;
  if (op === "is_set") return { ...compare, op, right: null };
  if (op === "in") return { ...compare, op, right: Array.isArray(right) || isPart(right) ? right : asList(right) };
  return { ...compare, op, right: Array.isArray(right) ? (right[0] ?? "") : (right ?? "") };
}

function asList(value: Json): readonly Json[] {
  return value === null || value === "" ? [] : [value];
}

export type ValueKind = "variable" | "text" | "number" | "flag" | "nothing" | "list";

export function valueKind(value: Json): ValueKind {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "flag";
  return isPart(value) ? "variable" : "text";
}

/** A value of another kind that still says the same where it can: the text "3" becomes the number 3. */
export function asValue(value: Json, kind: ValueKind): Json {
  const plain = isPart(value) ? "" : Array.isArray(value) ? (value[0] ?? "") : value;
  switch (kind) {
    case "nothing":
      return null;
    case "variable":
      return { value: "var", path: "" };
    case "text":
      return plain === null ? "" : String(plain);
    case "number":
      return Number.isFinite(Number(plain ?? 0)) ? Number(plain ?? 0) : 0;
    case "flag":
      return plain === true || plain === "true";
    case "list":
      return asList(plain);
  }
}
