import type { Snapshot, SourceProblem } from '../snapshot/snapshot.ts';
import type { SelectionRules } from '../source/selection.ts';

export interface BackupRequest extends SelectionRules {
  /** The folder to back up. */
  readonly source: string;
  readonly tags?: readonly string[];
  /** Read every file, whatever its times say. */
  readonly readAll?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BackupProgress) => void;
}

export interface BackupProgress {
  readonly files: number;
  /** Sizes of the files dealt with. */
  readonly bytes: number;
  /** Bytes really read from the source. */
  readonly readBytes: number;
  /** Bytes newly stored in the repository. */
  readonly newBytes: number;
  readonly problems: number;
  /** The path that was finished last. */
  readonly path: string;
}

export interface BackupResult {
  readonly snapshot: Snapshot;
  readonly result: 'complete' | 'partial';
  readonly files: number;
  readonly bytes: number;
  /** Chunks that were not in the repository before, and the bytes they take there. */
  readonly newObjects: number;
  readonly newBytes: number;
  /** Bytes read from the source; unchanged files are not read. */
  readonly readBytes: number;
  readonly reusedFiles: number;
  readonly problems: readonly SourceProblem[];
  readonly seconds: number;
}
