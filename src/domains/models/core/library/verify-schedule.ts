/** The library is read again from time to time, slowly: disks forget without saying so (models.md M-253). */
import type { Transaction } from '#platform/db';
import type { Scheduler } from '#platform/schedule';

import { verifyLibraryJob } from '../downloads/download-job.ts';
import { bySystem, everyDays } from './every-days.ts';

/** @param days between two checks; 0: never by itself. */
export async function setUpVerification(
  scheduler: Pick<Scheduler, 'upsert' | 'remove'>,
  tx: Transaction,
  days: number,
): Promise<void> {
  await everyDays(scheduler, tx, days, { job: verifyLibraryJob, payload: bySystem });
}
