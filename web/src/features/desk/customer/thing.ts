/** What an order or another thing of the customer's has to tell a person. Pure. */

/** Shown as the card's number and state. */
const HEAD = new Set(["number", "id", "status", "found"]);
const NO_NEWS = new Set(["", "0", "false", "none", "null"]);

/** The fields worth reading: no machine's references, nothing that says "no" or "none", no currency without a sum. */
export function newsOf(fields: ReadonlyMap<string, string>): readonly [string, string][] {
  return [...fields].filter(
    ([name, value]) =>
      !HEAD.has(name) && name !== "currency" && !/_(ref|id)$/.test(name) && !NO_NEWS.has(value.toLowerCase()),
  );
}

/** The currency a field's number is a sum of, if it is one. */
export function currencyOf(name: string, value: string, fields: ReadonlyMap<string, string>): string | null {
  const currency = fields.get("currency") ?? "";
  const sum = /(^|_)(amount|total|price)$/.test(name) && /^-?\d+(\.\d+)?$/.test(value);
  return sum && /^[A-Z]{3}$/.test(currency) ? currency : null;
}

/** Whether a value is a machine's word, like `over_limit`. */
export function isCode(value: string): boolean {
  return /^[a-z]+(_[a-z]+)*$/.test(value);
}

export function isTelling(fields: ReadonlyMap<string, string>): boolean {
  return ["number", "id", "status"].some((name) => fields.has(name)) || newsOf(fields).length > 0;
}

/** How a value is to be shown. */
export function kindOf(value: string): "yes" | "day" | "text" {
  if (value === "true") return "yes";
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? "day" : "text";
}
