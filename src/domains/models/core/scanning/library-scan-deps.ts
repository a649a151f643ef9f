/** What scanning the library needs. */
import type { JobQueue } from '#platform/jobs';
import type { LibraryDeps } from '../library/library-deps.ts';
import type { PolicyDeps } from './rule-by-policy.ts';

/** Settings that may change while running. */
export interface ScanSettings extends PolicyDeps {
  /** Bytes per second at which a scan of the server reads; 0 or absent: as fast as it goes. */
  readonly scanBytesPerSecond?: (() => number) | undefined;
  /** Days between two scans by the server; 0 or absent: only when asked. */
  readonly scanDays?: (() => number) | undefined;
}

export interface LibraryScanDeps extends LibraryDeps, ScanSettings {
  readonly jobs: JobQueue;
}
