/** What is done about the log by time: a look at the whole chain each day, and removal of what is older than its time. */
import { z } from 'zod';

import type { Transaction } from '#platform/db';
import { defineJob, type JobKind } from '#platform/jobs';
import { defineSchedule, type Scheduler } from '#platform/schedule';

export const verifyChainJob = defineJob({ name: 'audit.verify-chain', payload: z.object({}), maxAttempts: 3 });
export const purgeEntriesJob = defineJob({ name: 'audit.purge-entries', payload: z.object({}), maxAttempts: 3 });

export const auditJobs: readonly JobKind[] = [verifyChainJob, purgeEntriesJob];

/** Minutes that no other schedule is likely to have. */
export async function setUpSchedules(scheduler: Pick<Scheduler, 'upsert'>, tx: Transaction, zone: string) {
  function daily(cron: string) {
    return { kind: 'cron', cron, zone } as const;
  }
  await scheduler.upsert(
    tx,
    defineSchedule({ id: 'audit.verify-chain', job: verifyChainJob, payload: {}, timing: daily('41 2 * * *') }),
  );
  await scheduler.upsert(
    tx,
    defineSchedule({ id: 'audit.purge-entries', job: purgeEntriesJob, payload: {}, timing: daily('53 4 * * *') }),
  );
}
