/** What a server does by time, whatever people have planned. */
import { MINUTE } from '#kernel/units';
import { defineSchedule } from '#platform/schedule';
import type { Actor } from '#platform/unit-of-work';

import type { BackupsContext } from '../backups-context.ts';
import { judgeTargetsJob } from '../service-levels/service-level-events.ts';
import { checkProvidersJob, turnVerdictsJob } from './schedule-job.ts';

const schedules = [
  defineSchedule({
    id: 'backups.turn-verdicts',
    job: turnVerdictsJob,
    payload: {},
    timing: { kind: 'interval', everyMs: 5 * MINUTE },
  }),
  defineSchedule({
    id: 'backups.check-providers',
    job: checkProvidersJob,
    payload: {},
    timing: { kind: 'cron', cron: '17 * * * *', zone: 'UTC' },
  }),
  defineSchedule({
    id: 'backups.judge-targets',
    job: judgeTargetsJob,
    payload: {},
    timing: { kind: 'cron', cron: '23 5 * * *', zone: 'UTC' },
  }),
];

export async function keepTime({ scheduler, unitOfWork }: BackupsContext, actor: Actor): Promise<void> {
  await unitOfWork.write(actor, async (tx) => {
    for (const schedule of schedules) await scheduler.upsert(tx, schedule);
  });
}
