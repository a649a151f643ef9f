/** Routes of the audit log. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { chainFaults, exportedHeadsSchema } from './chain-shapes.ts';
import { entryCursor, entryFilterShape, entrySchema } from './entry-shapes.ts';

export { type ExportedHeads, exportedHeadsSchema } from './chain-shapes.ts';
export {
  auditCategories,
  auditLevels,
  auditResults,
  type EntryFilter,
  type EntryView,
  entryFilterSchema,
  entryFilterShape,
} from './entry-shapes.ts';

const findingSchema = z.object({
  fault: z.enum(chainFaults),
  seq: z.number().int(),
  entryId: z.string().optional(),
  action: z.string().optional(),
  /** In the caller's language. */
  text: z.string(),
});

const reportSchema = z.object({
  ok: z.boolean(),
  finding: findingSchema.nullable(),
  firstSeq: z.number().int(),
  lastSeq: z.number().int(),
  rows: z.number().int(),
  unsealed: z.number().int(),
  at: z.string(),
  ms: z.number().int(),
});

export type ChainReportView = z.output<typeof reportSchema>;

/** Newest first. Free text looks through a stretch of the log at a time: a page may be short and still have a next one. */
export const listEntries = defineRoute({
  id: 'audit.list-entries',
  method: 'GET',
  path: '/api/v1/audit/entries',
  access: 'audit:read',
  query: z.strictObject({
    ...entryFilterShape,
    limit: z.coerce.number().int().min(1).max(500).default(50),
    cursor: entryCursor.optional(),
  }),
  output: z.object({ items: z.array(entrySchema).readonly(), nextCursor: z.number().int().optional() }),
});

/** A page of a file: the pages joined are the file. The first one is itself an entry of the log. */
export const exportEntries = defineRoute({
  id: 'audit.export-entries',
  method: 'POST',
  path: '/api/v1/audit/export',
  access: 'audit:read',
  limit: 'reports',
  body: z.strictObject({
    ...entryFilterShape,
    format: z.enum(['csv', 'jsonl', 'cef']),
    cursor: entryCursor.optional(),
  }),
  output: z.object({ text: z.string(), rows: z.number().int(), nextCursor: z.number().int().optional() }),
});

export const readChain = defineRoute({
  id: 'audit.read-chain',
  method: 'GET',
  path: '/api/v1/audit/chain',
  access: 'audit:read',
  output: z.object({
    lastSeq: z.number().int(),
    lastHash: z.string().nullable(),
    unsealed: z.number().int(),
    /** Everything up to this number was purged after its time. */
    purgedTo: z.number().int(),
    keyId: z.string(),
    /** PEM. */
    publicKey: z.string(),
    heads: z.array(
      z.object({
        number: z.number().int(),
        seq: z.number().int(),
        hash: z.string(),
        at: z.string(),
        keyId: z.string(),
      }),
    ),
    lastCheck: reportSchema.extend({ by: z.string() }).nullable(),
  }),
});

/** Reads every entry; with heads that were exported before, also finds a chain that was cut or made anew. */
export const verifyEntries = defineRoute({
  id: 'audit.verify',
  method: 'POST',
  path: '/api/v1/audit/verify',
  access: 'audit:read',
  body: z.strictObject({ heads: exportedHeadsSchema.optional() }).optional(),
  output: reportSchema,
  errors: ['audit.heads-invalid'],
});

/** Signs the newest entry and answers with every head, to be kept off the machine. */
export const exportHeads = defineRoute({
  id: 'audit.export-heads',
  method: 'POST',
  path: '/api/v1/audit/heads',
  access: 'audit:read',
  output: exportedHeadsSchema,
});

const detectionSchema = z.object({
  id: z.string(),
  rule: z.string(),
  /** In the caller's language. */
  title: z.string(),
  severity: z.enum(['warning', 'error', 'critical']),
  /** What the entries have in common: a user, an address, a file. */
  about: z.string(),
  firstAt: z.string(),
  lastAt: z.string(),
  /** Occurrences, or bytes for volumes. */
  count: z.number(),
  entryIds: z.array(z.string()),
  acknowledged: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
});

export type DetectionView = z.output<typeof detectionSchema>;

export const listDetections = defineRoute({
  id: 'audit.list-detections',
  method: 'GET',
  path: '/api/v1/audit/detections',
  access: 'audit:read',
  query: z.strictObject({
    state: z.enum(['open', 'acknowledged', 'all']).default('open'),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    cursor: z.string().max(100).optional(),
  }),
  output: z.object({ items: z.array(detectionSchema).readonly(), nextCursor: z.string().optional() }),
});

export const acknowledgeDetection = defineRoute({
  id: 'audit.acknowledge-detection',
  method: 'POST',
  path: '/api/v1/audit/detections/:id/acknowledge',
  access: 'audit:review',
  params: z.strictObject({ id: z.string().min(1).max(100) }),
  body: z.strictObject({ reason: z.string().trim().min(3).max(1000) }),
  output: detectionSchema,
  errors: ['audit.detection-not-found', 'audit.detection-acknowledged'],
});

const counts = z.record(z.string(), z.number().int());

/** What the log says about a period, counted over entries of a chain that was verified in the last 24 hours or now. */
export const summarise = defineRoute({
  id: 'audit.summarise',
  method: 'GET',
  path: '/api/v1/audit/summary',
  access: 'audit:read',
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(1100).default(30) }),
  output: z.object({
    from: z.string(),
    until: z.string(),
    check: reportSchema,
    entries: z.number().int(),
    byCategory: counts,
    byLevel: counts,
    byResult: counts,
    detections: z.object({ bySeverity: counts, open: z.number().int() }),
    /** Plain sentences in the caller's language: what somebody should look at. */
    advice: z.array(z.string()),
  }),
});
