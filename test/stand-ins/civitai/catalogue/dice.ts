/** Reproducible randomness: the same seed text gives the same throws on every machine. */
import { createHash } from 'node:crypto';

import { mulberry32 } from '#stand-ins/seeded-random';

export interface Dice {
  /** Whole number in [from, to]. */
  int(from: number, to: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  chance(probability: number): boolean;
}

/** Mulberry32, seeded by a hash of the text. */
export function createDice(seed: string): Dice {
  const fraction = mulberry32(createHash('sha256').update(seed).digest().readUInt32LE(0));
  return {
    int: (from, to) => from + Math.floor(fraction() * (to - from + 1)),
    pick(items) {
      const picked = items[Math.floor(fraction() * items.length)];
      return picked === undefined ? items[0] : picked;
    },
    chance: (probability) => fraction() < probability,
  };
}
