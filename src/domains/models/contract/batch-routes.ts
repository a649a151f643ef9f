/** Routes of batches. Safe for browsers. */
import { z } from 'zod';

import { defineRoute, streamedFile } from '#platform/contract';

import {
  batchChangeSchema,
  batchDetailSchema,
  batchItemSchema,
  batchItemStatusSchema,
  batchPlanSchema,
  batchRequestSchema,
  batchSchema,
  batchStatusSchema,
} from './batch-shapes.ts';

const idParams = z.strictObject({ id: z.uuid() });
const pageQuery = {
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
};
const planErrors = ['models.empty-batch', 'models.collection-not-found', 'models.bad-list'] as const;

/** A saved list may have 32 MiB; as a JSON string its quotes and line ends take two bytes each. */
const LIST_BODY_BYTES = 48 * 1024 * 1024;

/** Count, bytes, space, licences and what needs a yes; nothing is kept. */
export const planBatch = defineRoute({
  id: 'models.plan-batch',
  method: 'POST',
  path: '/api/v1/models/batches/plan',
  access: 'models:download',
  body: batchRequestSchema,
  bodyBytes: LIST_BODY_BYTES,
  output: batchPlanSchema,
  errors: planErrors,
});

/** Plans, keeps the list, and lets the server fetch it. */
export const startBatch = defineRoute({
  id: 'models.start-batch',
  method: 'POST',
  path: '/api/v1/models/batches',
  access: 'models:download',
  also: ['models:override'],
  body: batchRequestSchema,
  bodyBytes: LIST_BODY_BYTES,
  output: batchSchema,
  status: 202,
  errors: [...planErrors, 'models.not-enough-space', 'models.consent-needed', 'models.override-forbidden'],
});

export const listBatches = defineRoute({
  id: 'models.list-batches',
  method: 'GET',
  path: '/api/v1/models/batches',
  access: 'models:read',
  query: z.strictObject({ ...pageQuery, status: z.array(batchStatusSchema).optional() }),
  /** Last made first. */
  output: z.object({ items: z.array(batchSchema).readonly(), nextCursor: z.string().optional() }),
  errors: ['models.bad-cursor'],
});

export const readBatch = defineRoute({
  id: 'models.read-batch',
  method: 'GET',
  path: '/api/v1/models/batches/:id',
  access: 'models:read',
  params: idParams,
  output: batchDetailSchema,
  errors: ['models.batch-not-found'],
});

export const listBatchItems = defineRoute({
  id: 'models.list-batch-items',
  method: 'GET',
  path: '/api/v1/models/batches/:id/items',
  access: 'models:read',
  params: idParams,
  query: z.strictObject({ ...pageQuery, status: z.array(batchItemStatusSchema).optional() }),
  /** In the order of the list. */
  output: z.object({ items: z.array(batchItemSchema).readonly(), nextCursor: z.string().optional() }),
  errors: ['models.batch-not-found', 'models.bad-cursor'],
});

/** Name, priority, strategy, windows, caps; a running one obeys within seconds. */
export const changeBatch = defineRoute({
  id: 'models.change-batch',
  method: 'PATCH',
  path: '/api/v1/models/batches/:id',
  access: 'models:download',
  params: idParams,
  body: batchChangeSchema,
  output: batchSchema,
  errors: ['models.batch-not-found', 'models.batch-ended'],
});

/** Files under way stop and keep what has arrived. */
export const pauseBatch = batchStep('pause', ['models.batch-ended']);
/** Goes on where it stopped; after a cap, with a fresh one. */
export const resumeBatch = batchStep('resume', ['models.batch-not-paused']);
/** Ends it; what is complete stays, parts of files are kept. */
export const cancelBatch = batchStep('cancel', ['models.batch-ended']);
/** Everything that failed or was cancelled is tried again. */
export const retryBatch = batchStep('retry', ['models.batch-not-ended', 'models.nothing-to-retry']);

function batchStep(step: string, errors: readonly string[]) {
  return defineRoute({
    id: `models.${step}-batch`,
    method: 'POST',
    path: `/api/v1/models/batches/:id/${step}`,
    access: 'models:download',
    params: idParams,
    output: batchSchema,
    errors: ['models.batch-not-found', ...errors],
  });
}

/** The report as a file of the asked format, piece by piece, with the reason of every item that is not there. */
export const reportBatch = defineRoute({
  id: 'models.report-batch',
  method: 'GET',
  path: '/api/v1/models/batches/:id/report',
  access: 'models:read',
  params: idParams,
  query: z.strictObject({ format: z.enum(['json', 'csv', 'html']).default('json') }),
  output: streamedFile,
  errors: ['models.batch-not-found'],
});
