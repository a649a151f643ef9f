import type { Coverage } from '#engines/vault';

/** One look at a repository: how far it is, and what it found. */
export interface VerificationProgress {
  readonly objects: number;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly errors: number;
}

/** What was looked at and what was wrong with it. */
export interface Examination {
  /** What the vault's ledger says after it, where there is one. */
  readonly coverage?: Coverage | undefined;
  readonly objects: number;
  readonly bytes: number;
  readonly snapshot: string | null;
  readonly errors: number;
  /** The first errors, in the words of the log: technical and short. */
  readonly findings: readonly string[];
  /** Contents whose bytes were read and found right. */
  readonly verified: 'everything' | 'nothing' | readonly string[];
}
