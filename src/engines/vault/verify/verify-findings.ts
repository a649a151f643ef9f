/** What a verification found wrong, and which files of which snapshots depend on it. */
import { isKuraError, type KuraError, toKuraError } from '#kernel/errors';

import type { BlobId } from '../format/blob.ts';
import { displayPath } from '../format/byte-path.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { FileEntry, TreeEntry } from '../snapshot/tree-entry.ts';

export interface VerifyProblem {
  /** The damaged or missing object: a storage key, or the id of a chunk. */
  readonly object: string;
  readonly error: KuraError;
  /** Snapshots that cannot be restored completely because of it. */
  readonly snapshots: readonly BlobId[];
  /** Paths that cannot be restored from them, at most 100. */
  readonly files: readonly string[];
  readonly affectedFiles: number;
}

export interface Findings {
  readonly count: number;
  /** `snapshots`: those it is known to concern. */
  add(object: string, error: KuraError, snapshots?: readonly BlobId[]): void;
  has(object: string): boolean;
  /** Fills in the affected files, reading every list once; does nothing when nothing is wrong. */
  nameAffected(snapshots: readonly Snapshot[], read: (snapshot: Snapshot) => AsyncGenerator<TreeEntry>): Promise<void>;
  problems(): readonly VerifyProblem[];
}

interface Finding {
  readonly error: KuraError;
  readonly snapshots: Set<BlobId>;
  readonly paths: Set<string>;
}

const NAMED_FILES = 100;

export function createFindings(): Findings {
  const found = new Map<string, Finding>();

  function affect(file: FileEntry, snapshot: Snapshot): void {
    for (const { id } of file.chunks) {
      const finding = found.get(id);
      finding?.snapshots.add(snapshot.id);
      finding?.paths.add(displayPath(file.path));
    }
  }

  return {
    get count() {
      return found.size;
    },
    add(object, error, snapshots = []) {
      if (!found.has(object)) found.set(object, { error, snapshots: new Set(snapshots), paths: new Set() });
    },
    has: (object) => found.has(object),
    async nameAffected(snapshots, read) {
      if (found.size === 0) return;
      for (const snapshot of snapshots) {
        for (const { id } of snapshot.list.chunks) found.get(id)?.snapshots.add(snapshot.id);
        try {
          for await (const entry of read(snapshot)) if (entry.type === 'file') affect(entry, snapshot);
        } catch (error) {
          // The list itself is what is damaged: already reported under its snapshot.
          if (!isKuraError(error)) throw error;
        }
      }
    },
    problems: () =>
      [...found].map(([object, { error, snapshots, paths }]) => ({
        object,
        error,
        snapshots: [...snapshots],
        files: [...paths].slice(0, NAMED_FILES),
        affectedFiles: paths.size,
      })),
  };
}

/** Damage is collected; an unreachable storage, a full disk or an abort ends the run. */
export async function collect(findings: Findings, object: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isDamage(error)) throw error;
    findings.add(object, toKuraError(error));
  }
}

function isDamage(error: unknown): error is KuraError {
  return isKuraError(error) && (error.kind === 'mismatch' || error.kind === 'not-found' || error.kind === 'invalid');
}
