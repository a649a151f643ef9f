import type { Sample } from './measure.ts';

export interface Summary {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** Above this share of the CPU in other hands a comparison of times means nothing (blueprint §5). */
const NOISE_LIMIT = 0.15;

export function summarise(samples: readonly Sample[]): Summary {
  return {
    wallSeconds: median(samples.map((sample) => sample.wallSeconds)),
    cpuSeconds: median(samples.map((sample) => sample.cpuSeconds)),
    peakBytes: Math.max(...samples.map((sample) => sample.peakBytes)),
  };
}

/** Whether the machine was too busy in the middle one of the runs for a verdict. */
export function isNoisy(samples: readonly Sample[]): boolean {
  const shares = samples.map((sample) => sample.othersShare).filter((share) => share !== undefined);
  return shares.length > 0 && median(shares) > NOISE_LIMIT;
}

/** @throws RangeError without values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new RangeError('the median of nothing');
  return (low + high) / 2;
}
