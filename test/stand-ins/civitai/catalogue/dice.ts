/** Reproducible randomness: the same seed text gives the same throws on every machine. */
import { createHash } from 'node:crypto';

export interface Dice {
  /** Whole number in [from, to]. */
  int(from: number, to: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  chance(probability: number): boolean;
}

/** Mulberry32, seeded by a hash of the text. */
export function createDice(seed: string): Dice {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  function fraction(): number {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  return {
    int: (from, to) => from + Math.floor(fraction() * (to - from + 1)),
    pick(items) {
      const picked = items[Math.floor(fraction() * items.length)];
      return picked === undefined ? items[0] : picked;
    },
    chance: (probability) => fraction() < probability,
  };
}
