/** The end of a backup: everything is made durable, the lock is asked once more, and last of all comes the snapshot. */
import { nowInstant } from '#kernel/clock';

import { addSnapshot } from '../register/snapshot-register.ts';
import type { WriterLock } from '../repository/writer-lock.ts';
import type { Content } from '../snapshot/tree-entry.ts';
import type { SelectionRules } from '../source/selection.ts';
import type { BackupResult } from './backup-request.ts';
import type { BackupRun } from './backup-run.ts';

export interface Conclusion {
  readonly lock: WriterLock;
  readonly list: Content;
  /** Monotonic milliseconds. */
  readonly started: number;
  readonly rules?: SelectionRules;
}

export async function concludeRun(run: BackupRun, { lock, list, started, rules }: Conclusion): Promise<BackupResult> {
  const { context, store, signal } = run;
  await store.flush(signal);
  await lock.confirm();
  const snapshot = await addSnapshot(
    context,
    {
      startedAt: run.startedAt,
      endedAt: nowInstant(context.clock),
      host: context.host,
      source: run.source,
      tags: run.request.tags ?? [],
      ...rules,
      exclude: rules?.exclude ?? [],
      parent: run.parent?.id,
      result: run.problems.length === 0 ? 'complete' : 'partial',
      totals: run.totals,
      problems: run.problems,
      ...(run.notes.length === 0 ? {} : { notes: run.notes }),
      list,
    },
    signal,
  );
  return {
    snapshot,
    result: snapshot.result,
    files: run.totals.files,
    bytes: run.totals.bytes,
    newObjects: store.added.blobs,
    newBytes: store.added.bytes,
    readBytes: run.readBytes,
    reusedFiles: run.reusedFiles,
    problems: run.problems,
    seconds: (context.clock.monotonic() - started) / 1000,
  };
}
