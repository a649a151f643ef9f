/** Until when the next run of each copy must have come, by what was said of its job. */
import type { Instant } from '#kernel/brands';
import type { ReadTables } from '#platform/db';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobs } from '../../store/register-store.ts';
import { newestEnds } from '../../store/reported-run-store.ts';
import { isOutOfUse } from '../register/carrier.ts';
import { type Copy, isPaused, type Job } from '../register/protected-job.ts';
import { loadRhythms } from '../schedules/rhythm.ts';
import { dueAfter } from './due-after.ts';

export interface DueRun {
  readonly job: Job;
  readonly copy: Copy;
  /** Null when none is expected: paused, out of use, or its pattern has no time left. */
  readonly due: Instant | null;
}

/** Of all jobs, or of those given. */
export async function dueRuns(
  reads: ReadTables<BackupsTables>,
  now: Instant,
  keys?: readonly string[],
): Promise<readonly DueRun[]> {
  const copies = (await findJobs(reads, keys)).flatMap((job) => job.copies.map((copy) => ({ job, copy })));
  const ends = await newestEnds(
    reads,
    copies.map(({ copy }) => copy.id),
  );
  const rhythms = await loadRhythms(reads, keys);
  return copies.map(({ job, copy }) => {
    if (isPaused(job, Date.parse(now)) || isOutOfUse(copy)) return { job, copy, due: null };
    const expected = { everyHours: job.everyHours, rotationDays: copy.rotationDays, rhythm: rhythms.get(job.key) };
    return { job, copy, due: dueAfter(expected, sinceOf(job, ends.get(copy.id)?.endedAt ?? copy.createdAt)) };
  });
}

/** Nothing was due in a pause. */
function sinceOf({ pausedUntil }: Job, last: string): string {
  return pausedUntil !== null && pausedUntil > last ? pausedUntil : last;
}
