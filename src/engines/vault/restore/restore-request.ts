import type { KuraError } from '#kernel/errors';

import type { Snapshot } from '../snapshot/snapshot.ts';

/**
 * What happens to files that are in the way. What has the right content already is never in the way.
 * - `refuse`: nothing at all is restored (default).
 * - `overwrite`: they are replaced.
 * - `newer`: they are replaced when the snapshot's file was changed later.
 * - `rename`: they stay, and the restored file gets `.restored-` and the first digits of the snapshot behind its name.
 * - `skip`: they stay, and the snapshot's file is not restored.
 */
export type ConflictRule = 'refuse' | 'overwrite' | 'newer' | 'rename' | 'skip';

export interface RestoreRequest {
  /** `latest`, an id, or a unique beginning of one. */
  readonly snapshot: string;
  /** Folder to restore into; created when missing. */
  readonly target: string;
  /** Paths or patterns (as for exclude) of what to restore; everything when absent. A folder brings its contents. */
  readonly include?: readonly string[];
  /** Patterns of what not to restore. */
  readonly exclude?: readonly string[];
  readonly conflict?: ConflictRule;
  /** Read each file back after writing and compare its SHA-256 (contents are always authenticated before writing). */
  readonly verify?: boolean;
  /**
   * Afterwards remove what the snapshot does not have, within what is restored. What its backup left out (excluded,
   * unreadable, sockets and devices) stays, and so does everything when a file could not be restored.
   */
  readonly deleteExtra?: boolean;
  /** Say what would be done, and write nothing. */
  readonly dryRun?: boolean;
  /** `keep`: as in the snapshot, which only the superuser can. `mine`: whoever restores. Default: what is possible. */
  readonly owners?: 'keep' | 'mine';
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RestoreProgress) => void;
}

export interface RestoreProgress {
  readonly files: number;
  readonly bytes: number;
  readonly totalFiles: number;
  readonly totalBytes: number;
  readonly path: string;
}

export interface RestoreProblem {
  readonly path: string;
  readonly error: KuraError;
}

/** Something about files, not their content, that did not come back (`code` is a message key). */
export interface RestoreNote {
  readonly code: 'vault.owners-not-restored' | 'vault.attributes-not-restored' | 'vault.links-not-restored';
  readonly count: number;
  /** The first of them. */
  readonly path: string;
  readonly reason: string;
}

export interface RestoreResult {
  readonly snapshot: Snapshot;
  readonly result: 'complete' | 'partial';
  /** Files that are in the target as they are in the snapshot (after a dry run: that would be). */
  readonly files: number;
  /** How many of them had their content already and were not written. */
  readonly unchanged: number;
  /** Bytes written. */
  readonly bytes: number;
  readonly skipped: number;
  /** Restored beside what was in the way. */
  readonly renamed: number;
  /** Removed because the snapshot does not have them: how many, and the first 1000. */
  readonly deleted: number;
  readonly deletedPaths: readonly string[];
  /** Paths that are not, or not completely, restored; none of them carries wrong content. */
  readonly problems: readonly RestoreProblem[];
  readonly notes: readonly RestoreNote[];
  /** Restored files whose content changed while they were backed up. */
  readonly torn: readonly string[];
  readonly seconds: number;
}
