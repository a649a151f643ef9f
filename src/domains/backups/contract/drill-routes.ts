/** Routes of drills, canary files and coverage. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { canarySchema, plantCanarySchema } from './canary-shapes.ts';
import {
  amendmentSchema,
  coverageSchema,
  drillDetailSchema,
  drillKindSchema,
  drillResultSchema,
  drillSchema,
  manualDrillSchema,
  newEvidenceSchema,
  signedDrillSchema,
  startDrillSchema,
} from './drill-shapes.ts';
import { copyNameSchema, jobKeySchema } from './job-shapes.ts';

const keyParams = z.strictObject({ key: jobKeySchema });
const idParams = z.strictObject({ id: z.uuid() });

export const startDrill = defineRoute({
  id: 'backups.start-drill',
  method: 'POST',
  path: '/api/v1/backups/jobs/:key/drills',
  access: 'backups:run',
  /** A command runs a program of the caller's choice. */
  also: ['system:configure'],
  limit: 'ingest',
  params: keyParams,
  body: startDrillSchema,
  output: z.object({
    job: jobKeySchema,
    drills: z.array(z.object({ id: z.uuid(), copy: copyNameSchema })),
  }),
  status: 202,
  errors: ['backups.job-not-found', 'backups.copy-not-found', 'backups.no-copies'],
});

export const recordDrill = defineRoute({
  id: 'backups.record-drill',
  method: 'POST',
  path: '/api/v1/backups/jobs/:key/manual-drills',
  access: 'backups:run',
  params: keyParams,
  body: manualDrillSchema,
  output: drillDetailSchema,
  status: 201,
  errors: ['backups.job-not-found', 'backups.copy-not-found', 'backups.drill-in-future'],
});

export const listDrills = defineRoute({
  id: 'backups.list-drills',
  method: 'GET',
  path: '/api/v1/backups/drills',
  access: 'backups:read',
  query: z.strictObject({
    job: jobKeySchema.optional(),
    kind: drillKindSchema.optional(),
    result: drillResultSchema.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** `nextCursor` of the page before. */
    cursor: z.coerce.number().int().positive().optional(),
  }),
  /** Newest first. */
  output: z.object({
    items: z.array(drillSchema),
    nextCursor: z.number().optional(),
    /** Of all that fit, whatever the page. */
    totals: z.object({ passed: z.number(), failed: z.number(), interrupted: z.number(), running: z.number() }),
  }),
});

export const readDrill = defineRoute({
  id: 'backups.read-drill',
  method: 'GET',
  path: '/api/v1/backups/drills/:id',
  access: 'backups:read',
  params: idParams,
  output: drillDetailSchema,
  errors: ['backups.drill-not-found'],
});

export const amendDrill = defineRoute({
  id: 'backups.amend-drill',
  method: 'POST',
  path: '/api/v1/backups/drills/:id/amendments',
  access: 'backups:run',
  params: idParams,
  body: amendmentSchema,
  output: drillDetailSchema,
  errors: ['backups.drill-not-found', 'backups.drill-not-ended'],
});

export const attachEvidence = defineRoute({
  id: 'backups.attach-evidence',
  method: 'POST',
  path: '/api/v1/backups/drills/:id/evidence',
  access: 'backups:run',
  limit: 'upload',
  params: idParams,
  body: newEvidenceSchema,
  output: drillDetailSchema,
  status: 201,
  errors: ['backups.drill-not-found', 'backups.drill-not-ended'],
});

export const readEvidence = defineRoute({
  id: 'backups.read-evidence',
  method: 'GET',
  path: '/api/v1/backups/drills/:id/evidence/:evidence',
  access: 'backups:read',
  params: z.strictObject({ id: z.uuid(), evidence: z.uuid() }),
  output: z.object({ name: z.string(), mediaType: z.string(), sha256: z.string(), contentBase64: z.string() }),
  errors: ['backups.drill-not-found'],
});

export const exportDrill = defineRoute({
  id: 'backups.export-drill',
  method: 'GET',
  path: '/api/v1/backups/drills/:id/signed',
  access: 'backups:read',
  params: idParams,
  /** Default: the newest. */
  query: z.strictObject({ revision: z.coerce.number().int().nonnegative().optional() }),
  output: signedDrillSchema,
  errors: ['backups.drill-not-found', 'backups.drill-not-ended'],
});

export const listCoverage = defineRoute({
  id: 'backups.list-coverage',
  method: 'GET',
  path: '/api/v1/backups/coverage',
  access: 'backups:read',
  output: z.object({ items: z.array(coverageSchema) }),
});

export const plantCanary = defineRoute({
  id: 'backups.plant-canary',
  method: 'POST',
  path: '/api/v1/backups/jobs/:key/canaries',
  /** Writes a file into a folder of the server. */
  access: 'system:configure',
  params: keyParams,
  body: plantCanarySchema,
  output: canarySchema,
  status: 201,
  errors: ['backups.job-not-found', 'backups.canary-exists', 'backups.canary-path', 'backups.canary-no-folder'],
});

export const removeCanary = defineRoute({
  id: 'backups.remove-canary',
  method: 'DELETE',
  path: '/api/v1/backups/canaries/:id',
  access: 'system:configure',
  params: idParams,
  output: z.undefined(),
  status: 204,
  errors: ['backups.canary-not-found'],
});

export const listCanaries = defineRoute({
  id: 'backups.list-canaries',
  method: 'GET',
  path: '/api/v1/backups/canaries',
  access: 'backups:read',
  output: z.object({ items: z.array(canarySchema) }),
});

export const checkCanaries = defineRoute({
  id: 'backups.check-canaries',
  method: 'POST',
  path: '/api/v1/backups/canaries/check',
  access: 'backups:run',
  limit: 'ingest',
  output: z.object({ items: z.array(canarySchema) }),
});
