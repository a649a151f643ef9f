/** Randomness that can be repeated: the seed is printed, and taken from `KURA_KILL_SEED` when that is set. */
export interface SeededRandom {
  /** Uniform in [0, 1). */
  fraction(): number;
}

export function seededRandom(name: string): SeededRandom {
  const seed = Number(process.env['KURA_KILL_SEED'] ?? Date.now() % 1_000_000);
  console.log(`${name}: KURA_KILL_SEED=${seed}`);
  return randomFrom(seed);
}

/** Mulberry32: 32 bits of state are plenty for moments. */
function randomFrom(seed: number): SeededRandom {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
  return {
    fraction: () => next() / 2 ** 32,
  };
}
