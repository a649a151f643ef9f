/** The lines that the optimiser is measured on. Rates in bytes per second; what is left out does not limit. */
import { MIB } from '#kernel/units';

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
  readonly sizeBytes: number;
  /** One after the other, then again from the first. */
  readonly phases: readonly Phase[];
}

const limited: Phase = { seconds: 5, perConnection: 4 * MIB, serverLimit: 4, latencyMs: 40 };
const open: Phase = { seconds: 10, perConnection: 8 * MIB, latencyMs: 40 };
const narrow: Phase = { seconds: 5, shared: 20 * MIB, latencyMs: 40 };

export const profiles = {
  'per-connection': {
    title: '5 MiB/s for each connection',
    sizeBytes: 128 * MIB,
    phases: [{ seconds: 60, perConnection: 5 * MIB, latencyMs: 40 }],
  },
  shared: {
    title: '25 MiB/s for all connections together',
    sizeBytes: 128 * MIB,
    phases: [{ seconds: 60, shared: 25 * MIB, latencyMs: 40 }],
  },
  limited: {
    title: '8 MiB/s for each of four connections, more are refused',
    sizeBytes: 128 * MIB,
    phases: [{ seconds: 60, perConnection: 8 * MIB, serverLimit: 4, latencyMs: 40 }],
  },
  changing: {
    title: 'changing: 5 s of four connections at 4 MiB/s, 10 s of 8 MiB/s each, 5 s of 20 MiB/s for all',
    sizeBytes: 512 * MIB,
    phases: [limited, open, narrow],
  },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;
