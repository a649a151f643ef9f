/** One backup in progress: what its parts share, and what has been counted and noticed. */
import type { Instant } from '#kernel/brands';

import type { BlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import type { Snapshot, SnapshotNote, SnapshotTotals, SourceProblem } from '../snapshot/snapshot.ts';
import type { SourceOutcome } from '../source/source-entry.ts';
import type { BackupRequest } from './backup-request.ts';

/** A folder that held this many files and now holds none is more likely not mounted than emptied. */
const FILES_TO_MISS = 10;
const NOTED_PATHS = 100;

export interface BackupRun {
  readonly context: VaultContext;
  readonly store: BlobStore;
  readonly signal: AbortSignal;
  readonly source: string;
  readonly startedAt: Instant;
  readonly parent: Snapshot | undefined;
  readonly request: Pick<BackupRequest, 'tags' | 'onProgress'>;
  readonly totals: { -readonly [Key in keyof SnapshotTotals]: SnapshotTotals[Key] };
  readonly problems: SourceProblem[];
  readonly notes: SnapshotNote[];
  readBytes: number;
  reusedFiles: number;
  path: string;
}

/** One that walks a folder. */
export interface FolderRun extends BackupRun {
  readonly request: BackupRequest;
}

export function emptyCounts(): Pick<BackupRun, 'totals' | 'problems' | 'notes' | 'readBytes' | 'reusedFiles' | 'path'> {
  return {
    totals: { files: 0, directories: 0, links: 0, special: 0, bytes: 0 },
    problems: [],
    notes: [],
    readBytes: 0,
    reusedFiles: 0,
    path: '',
  };
}

/** A disk that is not mounted looks like an empty folder; the older snapshots must not quietly grow old behind it. */
export function warnOfEmptiedSource(run: BackupRun): void {
  const warned = run.parent?.problems.find(({ code }) => code === 'vault.source-emptied');
  const before = Math.max(run.parent?.totals.files ?? 0, Number(warned?.reason ?? 0));
  if (run.totals.files > 0 || before < FILES_TO_MISS) return;
  run.problems.push({ path: '', code: 'vault.source-emptied', reason: String(before) });
}

export function noteSpecial(run: BackupRun, path: string): void {
  if (run.totals.special <= NOTED_PATHS) run.notes.push({ code: 'vault.special-not-kept', path });
}

export function countOutcome(run: BackupRun, outcome: SourceOutcome): void {
  const { totals } = run;
  if (outcome.problem !== undefined) run.problems.push(outcome.problem);
  if (outcome.special === true) totals.special += 1;
  if (outcome.reused === true) run.reusedFiles += 1;
  if (outcome.entry?.type === 'directory') totals.directories += 1;
  if (outcome.entry?.type === 'symlink' || outcome.entry?.type === 'hardlink') totals.links += 1;
  if (outcome.entry?.type !== 'file') return;
  totals.files += 1;
  totals.bytes += outcome.entry.size;
}

export function reportProgress(run: BackupRun): void {
  run.request.onProgress?.({
    files: run.totals.files,
    bytes: run.totals.bytes,
    readBytes: run.readBytes,
    newBytes: run.store.added.bytes,
    problems: run.problems.length,
    path: run.path,
  });
}
