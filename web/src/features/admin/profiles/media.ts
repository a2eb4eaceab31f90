/** Media rules as they are edited. Pure. */
import type { Media } from "@/api/settings";

export const PLAIN_MEDIA: Media = { weights: {}, total: null, exclusive: [], interrupts: [] };

export function mayInterrupt(media: Media, comes: string, held: string): boolean {
  return media.interrupts.some(([first, second]) => first === comes && second === held);
}

/** The rules with one cell of the matrix changed. */
export function withInterrupt(media: Media, comes: string, held: string, on: boolean): Media {
  const others = media.interrupts.filter(([first, second]) => first !== comes || second !== held);
  return { ...media, interrupts: on ? [...others, [comes, held]] : others };
}

/** A channel without a weight of its own weighs 1. */
export function withWeight(media: Media, channel: string, weight: number | null): Media {
  const { [channel]: _before, ...rest } = media.weights;
  return { ...media, weights: weight === null ? rest : { ...rest, [channel]: weight } };
}

export function withExclusive(media: Media, channel: string, on: boolean): Media {
  const others = media.exclusive.filter((each) => each !== channel);
  return { ...media, exclusive: on ? [...others, channel] : others };
}
