/** The picture of a recording: two channels, one above the other, as one path each. Pure. */

export type Peaks = readonly [readonly number[], readonly number[]];

/** The loudest of each of `columns` parts, 0 to 1 by the loudest of the whole. */
export function columnsOf(peaks: readonly number[], columns: number, loudest: number): readonly number[] {
  if (peaks.length === 0 || loudest <= 0) return Array.from({ length: columns }, () => 0);
  return Array.from({ length: columns }, (_none, column) => {
    const from = Math.floor((column * peaks.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * peaks.length) / columns));
    let most = 0;
    for (const peak of peaks.slice(from, to)) most = Math.max(most, Math.abs(peak));
    return Math.min(1, most / loudest);
  });
}

/** Bars around the middle of a band `height` high beginning at `top`, in a picture one unit wide per column. */
export function pathOf(columns: readonly number[], top: number, height: number): string {
  const middle = top + height / 2;
  return columns
    .map((loud, column) => {
      const half = Math.max(0.5, (loud * height) / 2);
      return `M${column + 0.5} ${(middle - half).toFixed(1)}V${(middle + half).toFixed(1)}`;
    })
    .join("");
}

export function loudestOf(peaks: Peaks): number {
  return Math.max(0, ...peaks[0].map(Math.abs), ...peaks[1].map(Math.abs));
}
