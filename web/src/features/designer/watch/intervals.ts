/** How sure shares are: Wilson's interval for one, Newcombe's for the difference of two. Pure. */

/** The 97.5 % quantile of the normal distribution: intervals hold with 95 %. */
const Z = 1.959963984540054;

export interface Interval {
  low: number;
  high: number;
}

/** Wilson's interval of `part` of `whole`; everything is possible when there is nothing to count. */
export function wilson(part: number, whole: number): Interval {
  if (whole === 0) return { low: 0, high: 1 };
  const share = part / whole;
  const spread = Z * Math.sqrt((share * (1 - share)) / whole + (Z * Z) / (4 * whole * whole));
  const middle = share + (Z * Z) / (2 * whole);
  const scale = 1 + (Z * Z) / whole;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}

export interface Difference extends Interval {
  /** The second share less the first. */
  by: number;
  /** The interval leaves no change out: it may be chance. */
  sure: boolean;
}

/** The difference between two independent shares with Newcombe's hybrid score interval; null without counts. */
export function difference(part: number, whole: number, otherPart: number, otherWhole: number): Difference | null {
  if (whole === 0 || otherWhole === 0) return null;
  const [a, b] = [part / whole, otherPart / otherWhole];
  const [of, other] = [wilson(part, whole), wilson(otherPart, otherWhole)];
  const by = b - a;
  const low = by - Math.hypot(b - other.low, of.high - a);
  const high = by + Math.hypot(other.high - b, a - of.low);
  return { by, low, high, sure: low > 0 || high < 0 };
}
