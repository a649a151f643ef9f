/** What others can learn about service levels. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';
import { defineJob } from '#platform/jobs';

import { jobKeySchema, serviceFaults } from '../../contract/index.ts';

/** Each day: which jobs miss their target and why, and which keep it. Percent, hours, or minutes; null: no good backup at all. */
export const targetsJudged = defineEvent({
  name: 'backups.targets-judged',
  schema: z.object({
    missed: z.array(
      z.object({
        job: jobKeySchema,
        title: z.string(),
        what: z.enum(serviceFaults),
        value: z.number().nullable(),
        wanted: z.number(),
      }),
    ),
    kept: z.array(jobKeySchema),
  }),
});

export const judgeTargetsJob = defineJob({ name: 'backups.judge-targets', payload: z.object({}), maxAttempts: 3 });
