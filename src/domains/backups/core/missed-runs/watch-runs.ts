/** The dead man's switch: tells of runs that did not come, and of reporters that fell silent. */
import { type Instant, instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { MINUTE } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { closeMissed, findMissed, insertMissed } from '../../store/missed-run-store.ts';
import { listReporters, markSilent } from '../../store/reporter-store.ts';
import type { ReportsTables } from '../../store/reports-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { reporterSilent, runArrived, runMissed } from '../backups-events.ts';
import type { Copy, Job } from '../register/protected-job.ts';
import { silentSince } from '../reports/reporters.ts';
import { dueRuns } from './due-runs.ts';

/** Returns how many runs and reporters are newly missed. */
export async function watchRuns(context: BackupsContext, actor: Actor): Promise<number> {
  const { late, over } = await compare(context);
  const now = nowInstant(context.clock);
  if (late.length + over.length > 0) {
    await context.unitOfWork.write(actor, async (tx) => {
      const tables = tx.tables<ReportsTables>();
      for (const { job, copy, due } of late) {
        await insertMissed(tables, { copyId: copy.id, dueAt: due, missedAt: now });
        tx.publish(runMissed, { ...placeOf(job, copy), due });
      }
      for (const { job, copy } of over) {
        if (await closeMissed(tables, copy.id, now)) tx.publish(runArrived, placeOf(job, copy));
      }
    });
  }
  return late.length + (await watchReporters(context, actor));
}

interface Watched {
  readonly job: Job;
  readonly copy: Copy;
}

interface Comparison {
  readonly late: ReadonlyArray<Watched & { readonly due: Instant }>;
  /** Missed before, but no longer expected: paused, taken out of use, or due at another time now. */
  readonly over: readonly Watched[];
}

async function compare({ database, clock }: BackupsContext): Promise<Comparison> {
  const reads = database.tables<BackupsTables & ReportsTables>();
  const now = nowInstant(clock);
  const known = new Set((await findMissed(reads)).map(({ copyId }) => copyId));
  const late: Comparison['late'][number][] = [];
  const over: Watched[] = [];
  for (const { job, copy, due } of await dueRuns(reads, now)) {
    const isLate = due !== null && due < now;
    if (isLate && !known.has(copy.id)) late.push({ job, copy, due });
    if (!isLate && known.has(copy.id)) over.push({ job, copy });
  }
  return { late, over };
}

function placeOf(job: Job, copy: Copy) {
  return { job: job.key, title: job.title, copy: copy.name, copyId: copy.id };
}

async function watchReporters({ database, clock, unitOfWork }: BackupsContext, actor: Actor): Promise<number> {
  const now: Instant = nowInstant(clock);
  const silent = (await listReporters(database.tables<ReportsTables>())).flatMap((one) => {
    const since = one.silentSince === null ? silentSince(one, Date.parse(now)) : null;
    return since === null ? [] : [{ ...one, since }];
  });
  if (silent.length === 0) return 0;
  await unitOfWork.write(actor, async (tx) => {
    for (const one of silent) {
      if (!(await markSilent(tx.tables<ReportsTables>(), one, one.since))) continue;
      const { reporter, host, tool } = one;
      tx.publish(reporterSilent, { reporter, host, tool, since: one.lastSeenAt });
    }
  });
  return silent.length;
}

/** Times at which runs are looked for; the job that does it queues the next one. */
export function watchSlot(now: number): { readonly slot: number; readonly at: Instant } {
  const slot = Math.floor(now / WATCH_MS) + 1;
  return { slot, at: instant(new Date(slot * WATCH_MS)) };
}

const WATCH_MS = 5 * MINUTE;
