/** What others learn of reports, and what the queue does for them. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';
import { defineJob } from '#platform/jobs';

import { documentPlanNameSchema } from '../../contract/index.ts';

/** Somebody is to be told of a report; whom, stands with it. */
export const documentToSend = defineEvent({
  name: 'backups.document-to-send',
  schema: z.object({ document: z.string() }),
});

/** One time of a plan. */
export const makePlannedJob = defineJob({
  name: 'backups.make-planned-document',
  payload: z.strictObject({ plan: documentPlanNameSchema }),
  maxAttempts: 3,
  retrySeconds: 60,
});

/** Removes the files whose time is over. */
export const sweepDocumentsJob = defineJob({ name: 'backups.sweep-documents', payload: z.strictObject({}) });
