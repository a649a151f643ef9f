/** The lines that the optimiser is measured on. Rates in bytes per second; what is left out does not limit. */
import { GIB, MIB } from '#kernel/units';

export interface Phase {
  readonly seconds: number;
  readonly perConnection?: number;
  readonly shared?: number;
  /** Answers at the same time; others get 503 with Retry-After: 1. */
  readonly serverLimit?: number;
  /** Until the first byte of each answer. */
  readonly latencyMs?: number;
}

export interface Profile {
  readonly title: string;
  /** One after the other, then again from the first. */
  readonly phases: readonly Phase[];
  /** How long each manner may fetch: all phases at least once. */
  readonly seconds: number;
}

/** No manner comes to the end of it in the time it has: a file's last seconds say nothing of its line. */
export const FILE_BYTES = 4 * GIB;

const STEADY_SECONDS = 8;

export const profiles = {
  'per-connection': {
    title: '5 MiB/s for each connection',
    phases: [{ seconds: STEADY_SECONDS, perConnection: 5 * MIB, latencyMs: 40 }],
    seconds: STEADY_SECONDS,
  },
  shared: {
    title: '25 MiB/s for all connections together',
    phases: [{ seconds: STEADY_SECONDS, shared: 25 * MIB, latencyMs: 40 }],
    seconds: STEADY_SECONDS,
  },
  limited: {
    title: '8 MiB/s for each of four connections, more are refused',
    phases: [{ seconds: STEADY_SECONDS, perConnection: 8 * MIB, serverLimit: 4, latencyMs: 40 }],
    seconds: STEADY_SECONDS,
  },
  changing: {
    title: 'changing: 5 s of four connections at 4 MiB/s, 10 s of 8 MiB/s each, 5 s of 20 MiB/s for all',
    phases: [
      { seconds: 5, perConnection: 4 * MIB, serverLimit: 4, latencyMs: 40 },
      { seconds: 10, perConnection: 8 * MIB, latencyMs: 40 },
      { seconds: 5, shared: 20 * MIB, latencyMs: 40 },
    ],
    seconds: 20,
  },
  swaying: {
    title: 'swaying: by turns 4 s of 6 MiB/s and 4 s of 2 MiB/s for each connection',
    phases: [
      { seconds: 4, perConnection: 6 * MIB, latencyMs: 80 },
      { seconds: 4, perConnection: 2 * MIB, latencyMs: 80 },
    ],
    seconds: 12,
  },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;
