/** One look at a repository: how far it is, and what it found. */
export interface VerificationProgress {
  readonly objects: number;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly errors: number;
}

/** What was looked at and what was wrong with it. */
export interface Examination {
  readonly objects: number;
  readonly bytes: number;
  readonly snapshot: string | null;
  readonly errors: number;
  /** The first errors, in the words of the log: technical and short. */
  readonly findings: readonly string[];
  /** Contents whose bytes were read and found right. */
  readonly verified: 'everything' | 'nothing' | readonly string[];
}
