/** What a run that is newer than all others means besides its result: it is no longer missed, and it may be unusual. */
import { nowInstant } from '#kernel/clock';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { RunResult } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { closeMissed, findMissed } from '../../store/missed-run-store.ts';
import { goodRunsBefore } from '../../store/reported-run-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { runArrived, runUnusual } from '../backups-events.ts';
import { dueAfter } from '../missed-runs/due-after.ts';
import type { Copy, Job } from '../register/protected-job.ts';
import { loadRhythms } from '../schedules/rhythm.ts';
import { comparedRuns, unusualIn } from './unusual-run.ts';

export interface NotedRun {
  readonly id: string;
  readonly result: RunResult;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly bytes: number;
}

/** For the newest run of its copy, in the transaction that records its end. */
export async function noteRun(
  context: Pick<BackupsContext, 'clock'>,
  tx: WriteTransaction,
  { job, copy }: { readonly job: Job; readonly copy: Copy },
  run: NotedRun,
): Promise<void> {
  const place = { job: job.key, title: job.title, copy: copy.name, copyId: copy.id };
  await arrive(context, tx, { job, copy }, run);
  if (run.result !== 'success' && run.result !== 'partial') return;
  const earlier = await goodRunsBefore(tx.tables<BackupsTables>(), copy.id, run.endedAt, comparedRuns);
  for (const unusual of unusualIn(run, earlier)) tx.publish(runUnusual, { ...place, runId: run.id, ...unusual });
}

/** A run that came so late that the next one is missed already changes nothing. */
async function arrive(
  { clock }: Pick<BackupsContext, 'clock'>,
  tx: WriteTransaction,
  { job, copy }: { readonly job: Job; readonly copy: Copy },
  { endedAt, result }: NotedRun,
): Promise<void> {
  const tables = tx.tables<BackupsTables>();
  if (result === 'interrupted' || (await findMissed(tables, [copy.id])).length === 0) return;
  const rhythm = (await loadRhythms(tables, [job.key])).get(job.key);
  const due = dueAfter({ everyHours: job.everyHours, rotationDays: copy.rotationDays, rhythm }, endedAt);
  if (due === null || Date.parse(due) <= clock.now()) return;
  if (!(await closeMissed(tables, copy.id, nowInstant(clock)))) return;
  tx.publish(runArrived, { job: job.key, title: job.title, copy: copy.name, copyId: copy.id });
}
