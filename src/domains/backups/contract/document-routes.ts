/** Routes of printed reports: made, kept, handed out, made by themselves. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import {
  deliverySchema,
  documentKinds,
  documentPlanBodySchema,
  documentPlanNameSchema,
  documentPlanSchema,
  documentWishSchema,
  madeDocumentSchema,
  storedDocumentSchema,
} from './document-shapes.ts';

const idParams = z.strictObject({ id: z.uuid() });
const planParams = z.strictObject({ name: documentPlanNameSchema });
const wrongWish = [
  'backups.document-period',
  'backups.document-form',
  'backups.document-table',
  'backups.document-job',
  'backups.job-not-found',
] as const;

/** Kept for `backups.documentDays`. What tells of people's actions takes `audit:read` besides. */
export const makeDocument = defineRoute({
  id: 'backups.make-document',
  method: 'POST',
  path: '/api/v1/backups/documents',
  access: 'backups:read',
  limit: 'reports',
  body: documentWishSchema,
  output: madeDocumentSchema,
  errors: [...wrongWish, 'backups.document-too-large'],
});

/** Newest first; without those that the caller may not read. */
export const listDocuments = defineRoute({
  id: 'backups.list-documents',
  method: 'GET',
  path: '/api/v1/backups/documents',
  access: 'backups:read',
  query: z.strictObject({
    kind: z.enum(documentKinds).optional(),
    plan: documentPlanNameSchema.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** `nextCursor` of the page before. */
    cursor: z.coerce.number().int().positive().optional(),
  }),
  output: z.object({ items: z.array(storedDocumentSchema), nextCursor: z.number().optional() }),
});

/** The file itself; that it was fetched goes into the audit log. */
export const readDocument = defineRoute({
  id: 'backups.read-document',
  method: 'GET',
  path: '/api/v1/backups/documents/:id',
  access: 'backups:read',
  limit: 'reports',
  params: idParams,
  output: madeDocumentSchema,
  errors: ['backups.document-not-found', 'backups.document-removed'],
});

/** Removes the file; that it was made is remembered. */
export const removeDocument = defineRoute({
  id: 'backups.remove-document',
  method: 'DELETE',
  path: '/api/v1/backups/documents/:id',
  access: 'system:configure',
  params: idParams,
  output: storedDocumentSchema,
  errors: ['backups.document-not-found', 'backups.document-removed'],
});

/** Carries what the report says out of the house, so it takes the right to configure it. */
export const sendDocument = defineRoute({
  id: 'backups.send-document',
  method: 'POST',
  path: '/api/v1/backups/documents/:id/send',
  access: 'system:configure',
  limit: 'reports',
  params: idParams,
  body: deliverySchema,
  output: storedDocumentSchema,
  status: 202,
  errors: ['backups.document-not-found', 'backups.document-removed'],
});

export const listDocumentPlans = defineRoute({
  id: 'backups.list-document-plans',
  method: 'GET',
  path: '/api/v1/backups/document-plans',
  access: 'backups:read',
  output: z.object({ items: z.array(documentPlanSchema) }),
});

export const putDocumentPlan = defineRoute({
  id: 'backups.put-document-plan',
  method: 'PUT',
  path: '/api/v1/backups/document-plans/:name',
  access: 'system:configure',
  params: planParams,
  body: documentPlanBodySchema,
  output: documentPlanSchema,
  errors: [...wrongWish, 'schedule.bad-timing'],
});

export const removeDocumentPlan = defineRoute({
  id: 'backups.remove-document-plan',
  method: 'DELETE',
  path: '/api/v1/backups/document-plans/:name',
  access: 'system:configure',
  params: planParams,
  output: z.object({ name: documentPlanNameSchema }),
  errors: ['backups.document-plan-not-found'],
});

/** Makes and sends it now, beside its times. */
export const runDocumentPlan = defineRoute({
  id: 'backups.run-document-plan',
  method: 'POST',
  path: '/api/v1/backups/document-plans/:name/run',
  access: 'system:configure',
  limit: 'reports',
  params: planParams,
  output: z.object({ name: documentPlanNameSchema, jobId: z.string() }),
  status: 202,
  errors: ['backups.document-plan-not-found'],
});
