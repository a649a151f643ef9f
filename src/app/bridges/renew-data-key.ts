/** jobs ← secrets: the data key is renewed before its year is over (B-450); nobody has to think of it. */
import { z } from 'zod';

import { defineJob, type HandledJob, handleJob } from '#platform/jobs';
import { defineSchedule, type ScheduleDefinition } from '#platform/schedule';
import type { Secrets } from '#platform/secrets';

import { kura } from '../open-platform-secrets.ts';

export const renewDataKeyJob = defineJob({ name: 'secrets.renew-data-key', payload: z.object({}), maxAttempts: 3 });

export function dataKeySchedule(zone: string): ScheduleDefinition<Readonly<Record<string, never>>> {
  const timing = { kind: 'cron', cron: '17 3 * * *', zone } as const;
  return defineSchedule({ id: 'secrets.renew-data-key', job: renewDataKeyJob, payload: {}, timing });
}

export function renewDataKey(secrets: Pick<Secrets, 'renewDue'>): HandledJob {
  return handleJob(renewDataKeyJob, async () => {
    await secrets.renewDue(kura);
  });
}
