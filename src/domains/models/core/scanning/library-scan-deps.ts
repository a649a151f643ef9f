/** What scanning the library needs. */
import type { JobQueue } from '#platform/jobs';
import type { LibraryDeps } from '../library/library-deps.ts';

export interface LibraryScanDeps extends LibraryDeps {
  readonly jobs: JobQueue;
  /** Bytes per second at which a scan reads; 0 or absent: as fast as it goes. */
  readonly scanBytesPerSecond?: (() => number) | undefined;
  /** Days between two scans by the server; 0 or absent: only when asked. */
  readonly scanDays?: (() => number) | undefined;
}
