/** Round marks from zero to at least `most`; `whole`: for what is counted and has no halves. */
export function ticksOf(most: number, whole = false): readonly number[] {
  if (most <= 0) return [0, 1];
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = whole ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10];
  const found = (round.find((each) => each * power >= rough) ?? 10) * power;
  const step = whole ? Math.max(1, found) : found;
  const ticks: number[] = [];
  for (let at = 0; ; at++) {
    ticks.push(Math.round(at * step * 1e6) / 1e6);
    if (at * step >= most - 1e-9) return ticks;
  }
}
