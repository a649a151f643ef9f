/** What others can learn about planned tests. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

import { drillKindSchema, jobKeySchema } from '../../contract/index.ts';

const plan = {
  job: jobKeySchema,
  title: z.string(),
  planId: z.string(),
  kind: drillKindSchema,
  dueOn: z.iso.date(),
  assignee: z.string().nullable(),
};

/** Told once for each due day, a week before. */
export const testDue = defineEvent({
  name: 'backups.test-due',
  schema: z.object({ ...plan, daysLeft: z.number() }),
});

/** Told on the first day after it was due, and every seven days while nothing passed. */
export const testOverdue = defineEvent({
  name: 'backups.test-overdue',
  schema: z.object({ ...plan, daysLate: z.number() }),
});

/** The test that was due passed; `nextDueOn` is the next day. */
export const testPassed = defineEvent({
  name: 'backups.test-passed',
  schema: z.object({ ...plan, nextDueOn: z.iso.date() }),
});
