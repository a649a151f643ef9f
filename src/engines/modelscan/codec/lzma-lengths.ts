import { freshProbabilities, type RangeDecoder } from './range-decoder.ts';

const LOW = 0;
const MIDDLE = 16 * 8;

/** Lengths of matches, less two: short ones by position, long ones by one tree. */
export class LzmaLengths {
  readonly #choice = freshProbabilities(2);
  readonly #short = freshProbabilities(2 * 16 * 8);
  readonly #long = freshProbabilities(256);

  decode(range: RangeDecoder, positionState: number): number {
    if (range.bit(this.#choice, 0) === 0) return range.tree(this.#short, LOW + (positionState << 3), 3);
    if (range.bit(this.#choice, 1) === 0) return 8 + range.tree(this.#short, MIDDLE + (positionState << 3), 3);
    return 16 + range.tree(this.#long, 0, 8);
  }
}
