/** The library is read again from time to time, slowly: disks forget without saying so (models.md M-253). */
import { DAY } from '#kernel/units';
import type { Transaction } from '#platform/db';
import { defineSchedule, type Scheduler } from '#platform/schedule';

import { systemActor } from '../actor.ts';
import { verifyLibraryJob } from '../downloads/download-job.ts';

const ID = 'models.verify-library';

/** @param days between two checks; 0: never by itself. */
export async function setUpVerification(
  scheduler: Pick<Scheduler, 'upsert' | 'remove'>,
  tx: Transaction,
  days: number,
): Promise<void> {
  if (days === 0) {
    await scheduler.remove(tx, ID);
    return;
  }
  const { kind, id, name } = systemActor;
  await scheduler.upsert(
    tx,
    defineSchedule({
      id: ID,
      job: verifyLibraryJob,
      payload: { actor: { kind, id, name } },
      timing: { kind: 'interval', everyMs: days * DAY },
    }),
  );
}
