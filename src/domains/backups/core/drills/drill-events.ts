/** What others can learn about drills. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

import { drillKindSchema, jobKeySchema } from '../../contract/index.ts';

const place = {
  job: jobKeySchema,
  title: z.string(),
  copy: z.string().nullable(),
  copyId: z.string().nullable(),
  drillId: z.string(),
  kind: drillKindSchema,
};

/** A test came to a result, good or bad. */
export const drillFinished = defineEvent({
  name: 'backups.drill-finished',
  schema: z.object({
    ...place,
    result: z.enum(['passed', 'failed']),
    filesTotal: z.number(),
    filesFailed: z.number(),
    rtoSeconds: z.number().nullable(),
    rpoSeconds: z.number().nullable(),
    objectivesMet: z.boolean().nullable(),
  }),
});

/** A test found that something does not come back as it was, or can be deleted although it should not. */
export const drillFailed = defineEvent({
  name: 'backups.drill-failed',
  schema: z.object({ ...place, filesFailed: z.number(), findings: z.array(z.string()) }),
});
