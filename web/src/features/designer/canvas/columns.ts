/** The plain arrangement of a lane's boxes, and what every arrangement is made of. Pure. */
import { type Shape, SIZES } from "./graph";

/** A lane as it travels to the worker: boxes with their shapes, lines as pairs of numbers of boxes. */
export interface Plan {
  readonly shapes: readonly Shape[];
  readonly lines: readonly (readonly [number, number])[];
}

/** Upper left corners of the boxes, in their order, and how much room they take. */
export interface Arranged {
  readonly places: readonly { readonly x: number; readonly y: number }[];
  readonly width: number;
  readonly height: number;
}

export const GAP_X = 22;
export const GAP_Y = 26;

/** The plain arrangement: as deep as the longest way to a box, side by side in reading order. */
export function columns({ shapes, lines }: Plan): Arranged {
  const depth = shapes.map(() => 0);
  // Lines lead forward in reading order, so one pass suffices.
  for (const [from, to] of [...lines].sort((one, other) => one[0] - other[0])) {
    depth[to] = Math.max(depth[to] ?? 0, (depth[from] ?? 0) + 1);
  }
  const used: number[] = [];
  const places = shapes.map((shape, at) => {
    const row = depth[at] ?? 0;
    const x = used[row] ?? 0;
    used[row] = x + SIZES[shape].width + GAP_X;
    return { x, y: row * (SIZES.step.height + GAP_Y) };
  });
  return framed(shapes, places);
}

/** Move everything to the lane's corner and measure it. */
export function framed(shapes: readonly Shape[], places: Arranged["places"]): Arranged {
  const left = Math.min(0, ...places.map(({ x }) => x));
  const moved = places.map(({ x, y }) => ({ x: x - left, y }));
  const right = moved.map(({ x }, at) => x + SIZES[shapes[at] ?? "step"].width);
  const bottom = moved.map(({ y }, at) => y + SIZES[shapes[at] ?? "step"].height);
  return { places: moved, width: Math.max(0, ...right), height: Math.max(0, ...bottom) };
}
