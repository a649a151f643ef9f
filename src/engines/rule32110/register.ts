/** What the rule looks at: a job and its registered copies, as facts somebody reported. */
import type { Instant } from '#kernel/brands';

export interface ProtectedJob {
  readonly id: string;
  /** Where the original lives; a copy anywhere else is off site. */
  readonly site: string;
  /** A job that is not active is paused: it is left out of the count and shown as such. */
  readonly active: boolean;
  /** Paused until then although it is active; null when it is not. */
  readonly pausedUntil: Instant | null;
  /** Verification error tickets that nobody has closed yet. */
  readonly openVerificationErrors: number;
  readonly goals: RecoveryGoals;
}

/** What was promised for the day something has to be restored, and what is known of it. */
export interface RecoveryGoals {
  /** Milliseconds of work that may be lost; null for no goal. */
  readonly pointMs: number | null;
  /** The newest state that could be restored; null when there is none. */
  readonly newestPoint: Instant | null;
  /** Milliseconds until it must be back; null for no goal. */
  readonly timeMs: number | null;
  /** Milliseconds the last restore took; null when none was measured. */
  readonly lastRestoreMs: number | null;
  /** Milliseconds for which backups are kept, as somebody said; null when nobody did. */
  readonly keptMs: number | null;
}

/**
 * Where the medium or provider of a copy is now. `connected` is anything a program on the network can write to, `available`
 * lies about at hand; only `stored` is offline.
 */
export type CarrierState =
  | 'connected'
  | 'available'
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
  readonly encrypted: boolean;
  /** Nobody here makes it: it is only told about. */
  readonly reported: boolean;
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
