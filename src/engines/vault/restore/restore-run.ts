/** One restore in progress: what its parts share. */
import { isKuraError, toKuraError } from '#kernel/errors';

import { type BytePath, displayPath } from '../format/byte-path.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { FileEntry, TreeEntry } from '../snapshot/tree-entry.ts';
import type { EntryRestorer } from './restore-entry.ts';
import type { RestoreProblem, RestoreRequest } from './restore-request.ts';
import type { RestoreTarget } from './restore-target.ts';

export interface RestoreRun {
  readonly request: RestoreRequest;
  readonly snapshot: Snapshot;
  readonly target: RestoreTarget;
  readonly restorer: EntryRestorer;
  readonly included: (path: BytePath) => boolean;
  /** What the first look at the whole list found; keys are paths, one byte a character. */
  readonly plan: RestorePlan;
  /** Links are made, and folders get their metadata, when all files are there. */
  readonly folders: TreeEntry[];
  readonly links: TreeEntry[];
  /** Files that hard links ask for, and where they are now. */
  readonly linkedFiles: Map<string, LinkedFile>;
  readonly problems: RestoreProblem[];
  readonly torn: string[];
  readonly counts: { files: number; unchanged: number; bytes: number; skipped: number; renamed: number };
  path: string;
}

export interface RestorePlan {
  /** In the target with the right content, as far as that was already read. */
  readonly present: Set<string>;
  /** First names that hard links refer to. */
  readonly linkTargets: Set<string>;
  /** Would land on another path of the snapshot, because the target does not tell their names apart. */
  readonly clashing: Set<string>;
}

interface LinkedFile {
  readonly entry: FileEntry;
  /** Absent when the first name was not restored. */
  readonly placed?: BytePath;
}

/** The key of a path in sets and maps. */
export function keyOf(path: BytePath): string {
  return path.toString('latin1');
}

/** One damaged file must not keep the others from coming back; a full disk or an interruption ends the run. */
export async function attempt(run: RestoreRun, entry: TreeEntry, work: () => Promise<void>): Promise<void> {
  run.restorer.signal.throwIfAborted();
  try {
    await work();
  } catch (error) {
    run.restorer.signal.throwIfAborted();
    const known = toKuraError(error);
    if (known.kind === 'unavailable' || (!isKuraError(error) && known.kind === 'internal')) throw error;
    run.problems.push({ path: displayPath(entry.path), error: known });
  }
}

export function report(run: RestoreRun): void {
  run.request.onProgress?.({
    files: run.counts.files,
    bytes: run.counts.bytes,
    totalFiles: run.snapshot.totals.files,
    totalBytes: run.snapshot.totals.bytes,
    path: run.path,
  });
}
