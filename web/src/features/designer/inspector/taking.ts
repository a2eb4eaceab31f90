/** Which changes of a form are taken back together: letters typed in one place; everything else by itself. Pure. */

/**
 * Where in a field somebody types, such as `options/2/label`: letters typed there in a row are taken back as one.
 * Null: done at once, such as adding, moving, removing and choosing, and taken back by itself.
 */
export type Within = string | null;

export const AT_ONCE: Within = null;

/** How parts of a form hand on what they hold now. */
export type Put<Held> = (value: Held, within?: Within) => void;

/** A place inside a field or a list. */
export function inside(place: string | number, within: Within = ""): Within {
  if (within === null) return AT_ONCE;
  return within === "" ? String(place) : `${place}/${within}`;
}
