/** Two people changed the same thing: what each did, and both together. Pure. */

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The fields in which `after` differs from `before`. */
export function changedFields<D extends object>(before: D, after: D): readonly (keyof D & string)[] {
  const names = Object.keys(after) as (keyof D & string)[];
  return names.filter((name) => !same(before[name], after[name]));
}

/** Their version, with the fields on top that I changed since `base`. */
export function merge<D extends object>(base: D, mine: D, theirs: D): D {
  const merged = { ...theirs };
  for (const name of changedFields(base, mine)) merged[name] = mine[name];
  return merged;
}

/** The fields that both changed, and not alike. */
export function clashes<D extends object>(base: D, mine: D, theirs: D): readonly (keyof D & string)[] {
  const here = new Set(changedFields(base, mine));
  return changedFields(base, theirs).filter((name) => here.has(name) && !same(mine[name], theirs[name]));
}
