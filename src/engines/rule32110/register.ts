/** What the rule looks at: a job and its registered copies, as facts somebody reported. */
import type { Instant } from '#kernel/brands';

export interface ProtectedJob {
  readonly id: string;
  /** Where the original lives; a copy anywhere else is off site. */
  readonly site: string;
  /** A job that is not active is paused: it is left out of the count and shown as such. */
  readonly active: boolean;
  /** Verification error tickets that nobody has closed yet. */
  readonly openVerificationErrors: number;
}

/**
 * Where the medium or provider of a copy is now. `connected` is anything a program on the network can write to;
 * only `stored` is offline.
 */
export type CarrierState =
  | 'connected'
  | 'stored'
  | 'in-transit'
  | 'on-loan'
  | 'quarantine'
  | 'lost'
  | 'retired'
  | 'destroyed'
  | 'disabled'
  | 'unknown';

export interface RegisteredCopy {
  readonly id: string;
  readonly enabled: boolean;
  /** Identity of the place the bytes lie in (provider and path); two copies with the same place are one. */
  readonly storage: string;
  /** Kind of medium; the policy groups kinds into families. */
  readonly mediaKind: string;
  readonly site: string;
  readonly carrier: CarrierState;
  /** Milliseconds between expected runs. */
  readonly expectedIntervalMs: number;
  /** Milliseconds between rotations of an offline medium; null for a copy that stays connected. */
  readonly rotationIntervalMs: number | null;
  /** The newest finished run, whatever its result; null before the first. */
  readonly lastRun: { readonly result: 'success' | 'warning' | 'failed'; readonly finishedAt: Instant } | null;
  /** From then on the copy may be deleted and counts no more; null for no limit. */
  readonly retainedUntil: Instant | null;
  /** Object lock: nobody can change or delete the copy before then; null without one. */
  readonly lockedUntil: Instant | null;
  /** Milliseconds within which a verification must be repeated; null where none is required. */
  readonly verificationEveryMs: number | null;
  /** The newest finished verification; null before the first. */
  readonly lastVerification: { readonly passed: boolean; readonly finishedAt: Instant } | null;
}
