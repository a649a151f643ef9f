/** Routes of the models domain. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { downloadFilterShape } from './download-history-shapes.ts';
import {
  downloadDetailSchema,
  downloadRequestSchema,
  downloadSchema,
  planAnswerSchema,
  startedDownloadsSchema,
} from './download-shapes.ts';
import {
  libraryFileDetailSchema,
  libraryFileSchema,
  libraryStateSchema,
  libraryStatsSchema,
  quarantineItemSchema,
} from './library-shapes.ts';
import { riskReasonSchema } from './risk-shapes.ts';
import { searchQuerySchema } from './search-query.ts';
import { modelDetailSchema, searchAnswerSchema } from './search-shapes.ts';

const idParams = z.strictObject({ id: z.uuid() });
const pageQuery = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
};
const jobSchema = z.object({ jobId: z.string() });

export const searchModels = defineRoute({
  id: 'models.search',
  method: 'GET',
  path: '/api/v1/models/search',
  access: 'models:read',
  query: searchQuerySchema,
  output: searchAnswerSchema,
  errors: ['models.bad-cursor', 'civitai.rate-limited', 'civitai.server-error'],
});

export const readModel = defineRoute({
  id: 'models.read-model',
  method: 'GET',
  path: '/api/v1/models/catalogue/:modelId',
  access: 'models:read',
  params: z.strictObject({ modelId: z.coerce.number().int().min(1).max(2_147_483_647) }),
  /** `refresh`: ask the site even when it answered the same question a short while ago. */
  query: z.strictObject({ refresh: z.union([z.boolean(), z.stringbool()]).default(false) }),
  output: modelDetailSchema,
  errors: ['civitai.not-found'],
});

export const planDownloads = defineRoute({
  id: 'models.plan-downloads',
  method: 'POST',
  path: '/api/v1/models/plans',
  access: 'models:read',
  body: downloadRequestSchema,
  output: planAnswerSchema,
});

export const startDownloads = defineRoute({
  id: 'models.start-downloads',
  method: 'POST',
  path: '/api/v1/models/downloads',
  access: 'models:download',
  also: ['models:override'],
  body: downloadRequestSchema,
  output: startedDownloadsSchema,
  status: 202,
  errors: ['models.override-forbidden'],
});

export const listDownloads = defineRoute({
  id: 'models.list-downloads',
  method: 'GET',
  path: '/api/v1/models/downloads',
  access: 'models:read',
  query: z.strictObject({ ...pageQuery, ...downloadFilterShape }),
  /** Last changed first. */
  output: z.object({ items: z.array(downloadSchema).readonly(), nextCursor: z.string().optional() }),
  errors: ['models.bad-cursor'],
});

export const readDownload = defineRoute({
  id: 'models.read-download',
  method: 'GET',
  path: '/api/v1/models/downloads/:id',
  access: 'models:read',
  params: idParams,
  output: downloadDetailSchema,
  errors: ['models.download-not-found'],
});

/** A file on its way stops, what has arrived is kept. */
export const cancelDownload = defineRoute({
  id: 'models.cancel-download',
  method: 'POST',
  path: '/api/v1/models/downloads/:id/cancel',
  access: 'models:download',
  params: idParams,
  output: downloadSchema,
  errors: ['models.download-not-found', 'models.download-ended'],
});

/** Goes on where it stopped. */
export const retryDownload = defineRoute({
  id: 'models.retry-download',
  method: 'POST',
  path: '/api/v1/models/downloads/:id/retry',
  access: 'models:download',
  params: idParams,
  output: downloadSchema,
  status: 202,
  errors: ['models.download-not-found', 'models.download-not-ended'],
});

export const listLibrary = defineRoute({
  id: 'models.list-library',
  method: 'GET',
  path: '/api/v1/models/library',
  access: 'models:read',
  query: z.strictObject({
    ...pageQuery,
    /** Part of the file's or the model's name, whatever its case. */
    query: z.string().max(200).optional(),
    type: z.array(z.string()).optional(),
    base: z.array(z.string()).optional(),
    state: z.array(libraryStateSchema).optional(),
    /** Kinds and families of base models that the files' content proves. */
    kind: z.array(z.string()).optional(),
    contentBase: z.array(z.string()).optional(),
  }),
  /** Last placed first. */
  output: z.object({ items: z.array(libraryFileSchema).readonly(), nextCursor: z.string().optional() }),
  errors: ['models.bad-cursor'],
});

export const libraryStats = defineRoute({
  id: 'models.library-stats',
  method: 'GET',
  path: '/api/v1/models/library/stats',
  access: 'models:read',
  output: libraryStatsSchema,
});

export const readLibraryFile = defineRoute({
  id: 'models.read-library-file',
  method: 'GET',
  path: '/api/v1/models/library/:id',
  access: 'models:read',
  params: idParams,
  output: libraryFileDetailSchema,
  errors: ['models.library-file-not-found'],
});

/** Hashes every file again, or those named; the job's outcome shows in their `state` and `verifiedAt`. */
export const verifyLibrary = defineRoute({
  id: 'models.verify-library',
  method: 'POST',
  path: '/api/v1/models/library/verify',
  access: 'models:write',
  body: z.strictObject({ ids: z.array(z.uuid()).min(1).max(1000).optional() }),
  output: jobSchema,
  status: 202,
});

/** Brings a missing or damaged file back: from a backup copy, else from CivitAI. */
export const repairLibraryFile = defineRoute({
  id: 'models.repair-library-file',
  method: 'POST',
  path: '/api/v1/models/library/:id/repair',
  access: 'models:write',
  params: idParams,
  output: jobSchema,
  status: 202,
  errors: ['models.library-file-not-found'],
});

export const listQuarantine = defineRoute({
  id: 'models.list-quarantine',
  method: 'GET',
  path: '/api/v1/models/quarantine',
  access: 'models:read',
  output: z.object({ items: z.array(quarantineItemSchema).readonly() }),
});

/**
 * Puts a file back where it would have stood. What policy asks about takes `acceptRisk`; what it blocks a reason as well,
 * and the permission models:override. All of it is audited.
 */
export const restoreQuarantined = defineRoute({
  id: 'models.restore-quarantined',
  method: 'POST',
  path: '/api/v1/models/quarantine/:id/restore',
  access: 'models:write',
  also: ['models:override'],
  params: idParams,
  body: z.strictObject({ acceptRisk: z.boolean().default(false), reason: riskReasonSchema.optional() }),
  output: libraryFileSchema,
  errors: [
    'models.quarantine-not-found',
    'models.restore-unconfirmed',
    'models.restore-refused',
    'models.override-forbidden',
    'models.target-exists',
  ],
});
