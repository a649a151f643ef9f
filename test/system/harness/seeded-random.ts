/** Randomness that can be repeated: the seed is printed, and taken from `KURA_KILL_SEED` when that is set. */
import { mulberry32 } from '#stand-ins/seeded-random';

export interface SeededRandom {
  /** Uniform in [0, 1). */
  fraction(): number;
}

export function seededRandom(name: string): SeededRandom {
  const seed = Number(process.env['KURA_KILL_SEED'] ?? Date.now() % 1_000_000);
  console.log(`${name}: KURA_KILL_SEED=${seed}`);
  return { fraction: mulberry32(seed) };
}
