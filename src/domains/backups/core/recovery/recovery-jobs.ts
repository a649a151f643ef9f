/** What a server does for its own recovery, by time. */
import { z } from 'zod';

import { defineJob, type JobKind } from '#platform/jobs';
import { defineSchedule } from '#platform/schedule';
import type { Actor } from '#platform/unit-of-work';

import type { BackupsContext } from '../backups-context.ts';

/** Backs Kura up to every copy that can be reached, and forgets what need not be kept. */
export const backUpKuraJob = defineJob({
  name: 'backups.back-up-kura',
  payload: z.strictObject({}),
  maxAttempts: 3,
  retrySeconds: 300,
});

/** Gives back the room of what was forgotten. */
export const tendOwnBackupsJob = defineJob({
  name: 'backups.tend-own-backups',
  payload: z.strictObject({}),
  maxAttempts: 1,
});

export const recoveryJobs: readonly JobKind[] = [backUpKuraJob, tendOwnBackupsJob];

export const backUpSchedule = 'backups.back-up-kura';

/** Every hour on the hour, 03:00 among them; room is given back on Sundays at 04:00 (P-076). */
export async function keepRecoveryTime(context: BackupsContext, actor: Actor): Promise<void> {
  const { scheduler, unitOfWork, recovery } = context;
  const { automatic, everyHours } = recovery();
  const zone = context.zone();
  const schedules = [
    defineSchedule({
      id: backUpSchedule,
      job: backUpKuraJob,
      payload: {},
      timing: { kind: 'cron', cron: `0 ${everyHours === 1 ? '*' : `*/${everyHours}`} * * *`, zone },
    }),
    defineSchedule({
      id: 'backups.tend-own-backups',
      job: tendOwnBackupsJob,
      payload: {},
      timing: { kind: 'cron', cron: '0 4 * * 0', zone },
    }),
  ];
  await unitOfWork.write(actor, async (tx) => {
    for (const schedule of schedules) {
      if (automatic) await scheduler.upsert(tx, schedule);
      else await scheduler.remove(tx, schedule.id);
    }
  });
}
