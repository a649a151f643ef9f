/** Scans of the library, and what was found. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { scannedFileSchema, scanOptionsSchema, scanRunSchema, scanStatusSchema } from './scanning-shapes.ts';
import { verdictSchema } from './vocabulary.ts';

const idParams = z.strictObject({ id: z.uuid() });

export const readScanStatus = defineRoute({
  id: 'models.scan-status',
  method: 'GET',
  path: '/api/v1/models/scans/status',
  access: 'models:read',
  output: scanStatusSchema,
});

/** By a job of the server, one at a time; the answer is there before the first file. */
export const startScan = defineRoute({
  id: 'models.start-scan',
  method: 'POST',
  path: '/api/v1/models/scans',
  access: 'models:write',
  body: scanOptionsSchema,
  output: scanRunSchema,
  status: 202,
  errors: ['models.scan-open'],
});

export const readScan = defineRoute({
  id: 'models.read-scan',
  method: 'GET',
  path: '/api/v1/models/scans/:id',
  access: 'models:read',
  params: idParams,
  output: scanRunSchema,
  errors: ['models.scan-not-found'],
});

export const pauseScan = defineRoute({
  id: 'models.pause-scan',
  method: 'POST',
  path: '/api/v1/models/scans/:id/pause',
  access: 'models:write',
  params: idParams,
  output: scanRunSchema,
  errors: ['models.scan-not-found', 'models.scan-ended'],
});

export const resumeScan = defineRoute({
  id: 'models.resume-scan',
  method: 'POST',
  path: '/api/v1/models/scans/:id/resume',
  access: 'models:write',
  params: idParams,
  output: scanRunSchema,
  errors: ['models.scan-not-found', 'models.scan-ended'],
});

export const cancelScan = defineRoute({
  id: 'models.cancel-scan',
  method: 'POST',
  path: '/api/v1/models/scans/:id/cancel',
  access: 'models:write',
  params: idParams,
  output: scanRunSchema,
  errors: ['models.scan-not-found', 'models.scan-ended'],
});

/** Files of the library as the last scan of each left them; what is in quarantine has a list of its own. */
export const listScannedFiles = defineRoute({
  id: 'models.list-scanned-files',
  method: 'GET',
  path: '/api/v1/models/scans/files',
  access: 'models:read',
  query: z.strictObject({
    /** Default: all but clean. */
    verdict: z.array(verdictSchema).optional(),
    rule: z.string().max(100).optional(),
    format: z.string().max(40).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    cursor: z.string().max(200).optional(),
  }),
  /** Last placed first. */
  output: z.object({ items: z.array(scannedFileSchema).readonly(), nextCursor: z.string().optional() }),
  errors: ['models.bad-cursor'],
});
