/** Keeps a brand colour readable: which of black and white stands out more on it. */

/** The colour if it is `#rrggbb`, else null: nothing else from a setting reaches a style. */
export function safeColour(colour: string | null | undefined): string | null {
  return colour && /^#[0-9a-f]{6}$/i.test(colour) ? colour : null;
}

/**
 * Black or white, whichever contrasts more: at least 4.5:1 against any `#rrggbb`.
 *
 * Source: WCAG 2.2, relative luminance; black and white are equally far from 0.179.
 */
export function textOn(colour: string): "black" | "white" {
  const part = (at: number, weight: number) =>
    weight * ((Number.parseInt(colour.slice(at, at + 2), 16) / 255 + 0.055) / 1.055) ** 2.4;
  return part(1, 0.2126) + part(3, 0.7152) + part(5, 0.0722) > 0.179 ? "black" : "white";
}
