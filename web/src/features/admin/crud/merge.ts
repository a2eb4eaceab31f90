/** Two people changed the same thing: what each did, and both together. Pure. */

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The fields in which `after` differs from `before`. */
export function changedFields<D extends object>(before: D, after: D): readonly (keyof D & string)[] {
  const names = Object.keys(after) as (keyof D & string)[];
  return names.filter((name) => !same(before[name], after[name]));
}

type Plain = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One value of three versions: texts in several languages are taken language by language, lists as a whole. */
function mergeValue(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (same(mine, base)) return theirs;
  if (!isPlain(base) || !isPlain(mine) || !isPlain(theirs)) return mine;
  const merged: Record<string, unknown> = {};
  for (const name of Object.keys({ ...theirs, ...mine })) {
    const value = mergeValue(base[name], mine[name], theirs[name]);
    if (value !== undefined) merged[name] = value;
  }
  return merged;
}

function valuesClash(base: unknown, mine: unknown, theirs: unknown): boolean {
  if (same(mine, base) || same(theirs, base) || same(mine, theirs)) return false;
  if (!isPlain(base) || !isPlain(mine) || !isPlain(theirs)) return true;
  return Object.keys({ ...theirs, ...mine }).some((name) => valuesClash(base[name], mine[name], theirs[name]));
}

/** Their version, with what I changed since `base` on top. */
export function merge<D extends object>(base: D, mine: D, theirs: D): D {
  return mergeValue(base, mine, theirs) as D;
}

/** The fields in which both changed the same thing, and not alike. */
export function clashes<D extends object>(base: D, mine: D, theirs: D): readonly (keyof D & string)[] {
  return changedFields(base, theirs).filter((name) => valuesClash(base[name], mine[name], theirs[name]));
}
