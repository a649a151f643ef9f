import type { RangeDecoder } from './range-decoder.ts';

const SHORT = 2;
const MIDDLE = SHORT + 16 * 8;
const LONG = MIDDLE + 16 * 8;

/** Probabilities that lengths take. */
export const LENGTH_PROBABILITIES = LONG + 256;

export interface LengthPlace {
  readonly probabilities: Uint16Array;
  /** Where those of this kind of length start. */
  readonly offset: number;
}

/** The length of a match, less two: short ones by position, long ones by one tree. */
export function decodeLength(range: RangeDecoder, { probabilities, offset }: LengthPlace, position: number): number {
  if (range.bit(probabilities, offset) === 0) return range.tree(probabilities, offset + SHORT + (position << 3), 3);
  if (range.bit(probabilities, offset + 1) === 0)
    return 8 + range.tree(probabilities, offset + MIDDLE + (position << 3), 3);
  return 16 + range.tree(probabilities, offset + LONG, 8);
}
