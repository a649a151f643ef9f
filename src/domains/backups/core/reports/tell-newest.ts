/** What a report changes now: a run that is newer than all known ones. Late reports complete the history and tell nothing. */
import type { WriteTransaction } from '#platform/unit-of-work';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { type EndedRun, newestEnds } from '../../store/reported-run-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { runFailed, runFinished } from '../backups-events.ts';
import type { Copy, Job } from '../register/protected-job.ts';
import { noteRun } from '../runs/note-run.ts';

export interface RecordedRun {
  readonly job: Job;
  readonly copy: Copy;
  readonly run: EndedRun;
}

/** To be called before the runs are inserted. */
export async function tellNewest(
  context: Pick<BackupsContext, 'clock'>,
  tx: WriteTransaction,
  recorded: readonly RecordedRun[],
): Promise<void> {
  const byCopy = Map.groupBy(recorded, ({ copy }) => copy.id);
  const before = await newestEnds(tx.tables<BackupsTables>(), [...byCopy.keys()]);
  for (const [copyId, some] of byCopy) {
    const newest = some.toSorted((a, b) => (isLater(a.run, b.run) ? -1 : 1))[0];
    const last = before.get(copyId);
    if (newest === undefined || (last !== undefined && !isLater(newest.run, last))) continue;
    publish(tx, newest);
    await noteRun(context, tx, newest, newest.run);
  }
}

function publish(tx: WriteTransaction, { job, copy, run }: RecordedRun): void {
  const place = { job: job.key, title: job.title, copy: copy.name, copyId: copy.id, runId: run.id };
  const { result, files, bytes, newBytes, problems, error } = run;
  if (result === 'failed') {
    tx.publish(runFailed, { ...place, code: error?.code ?? 'backups.report-failed', params: { ...error?.params } });
  } else if (result === 'success' || result === 'partial') {
    tx.publish(runFinished, { ...place, result, snapshot: null, files, bytes, newBytes, problems });
  }
}

type Ended = Pick<EndedRun, 'endedAt' | 'id'>;

function isLater(one: Ended, other: Ended): boolean {
  return one.endedAt === other.endedAt ? one.id > other.id : one.endedAt > other.endedAt;
}
