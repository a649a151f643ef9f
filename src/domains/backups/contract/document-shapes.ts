/** Printed reports. Safe for browsers. */
import { z } from 'zod';

import { jobKeySchema } from './job-shapes.ts';

export const documentKinds = [
  'daily',
  'weekly',
  'monthly',
  'compliance',
  'operations',
  'status',
  'verification',
  'job',
  'service-levels',
  'availability',
  'audit',
  'iso27001',
  'iso19650',
  'audit-pack',
] as const;
const documentKindSchema = z.enum(documentKinds);
export type DocumentKind = z.output<typeof documentKindSchema>;
/** Those that tell what people did: making and reading them takes `audit:read` besides. */
export const auditKinds: readonly DocumentKind[] = ['audit', 'iso27001', 'audit-pack'];
/** `zip` is the form of the audit pack, and of nothing else. */
export const documentFormats = ['html', 'pdf', 'xlsx', 'csv', 'json', 'zip'] as const;
const documentFormatSchema = z.enum(documentFormats);
export type DocumentFormat = z.output<typeof documentFormatSchema>;
/** Tables that there are as CSV. */
export const documentTables = [
  'runs',
  'failures',
  'missed',
  'verdicts',
  'changes',
  'jobs',
  'copies',
  'tests',
  'coverage',
  'tickets',
  'swaps',
  'media',
  'levels',
  'responses',
  'availability',
  'outages',
  'controls',
  'containers',
  'actions',
  'refusals',
  'entries',
] as const;
const documentTableSchema = z.enum(documentTables);
export type DocumentTable = z.output<typeof documentTableSchema>;
export const auditTables: readonly DocumentTable[] = ['controls', 'actions', 'refusals', 'entries'];

const matterShape = {
  kind: documentKindSchema,
  /** By default `html`, and `zip` for the audit pack. */
  format: documentFormatSchema.optional(),
  /** Which table, for CSV only; by default the one the report is about. */
  table: documentTableSchema.optional(),
  /** Only of this job; the report `job` takes one. */
  job: jobKeySchema.optional(),
};

export const documentWishSchema = z.strictObject({
  ...matterShape,
  /** Days in the organisation's zone, both inclusive; by default the last whole day, week or month. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type DocumentWish = z.output<typeof documentWishSchema>;

export const documentSignatureSchema = z.object({
  format: z.literal('kura-document-1'),
  name: z.string(),
  /** SHA-256 of the file, hex. */
  sha256: z.string(),
  keyId: z.string(),
  /** PEM. */
  publicKey: z.string(),
  /** Ed25519 (RFC 8032) over `kura-document-1`, name and hash, a line each; base64. */
  signature: z.string(),
});
export type DocumentSignature = z.infer<typeof documentSignatureSchema>;

/** A report that was made, without its bytes. */
export const storedDocumentSchema = z.object({
  id: z.uuid(),
  kind: documentKindSchema,
  format: documentFormatSchema,
  table: documentTableSchema.nullable(),
  job: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  language: z.enum(['en', 'ja']),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  /** Name of the plan that made it; null for one that somebody asked for. */
  plan: z.string().nullable(),
  /** Until when the file is kept; what was made is remembered for longer. */
  keepUntil: z.iso.datetime(),
  /** When the file was removed. */
  removedAt: z.iso.datetime().nullable(),
  signature: documentSignatureSchema,
  /** Who was told, or is about to be. */
  deliveries: z.array(
    z.object({
      target: z.string(),
      /** `mailed`: handed to the mail server's outbox; `told`: to a channel; else why not. */
      state: z.enum(['waiting', 'mailed', 'told', 'nobody', 'mail-off', 'not-wanted']),
      /** Whether the file itself went along. */
      attached: z.boolean(),
      at: z.iso.datetime(),
    }),
  ),
});
export type StoredDocument = z.output<typeof storedDocumentSchema>;

export const madeDocumentSchema = storedDocumentSchema.extend({ base64: z.string() });
export type MadeDocument = z.infer<typeof madeDocumentSchema>;

export const documentPlanNameSchema = z
  .string()
  .max(60)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be small letters, digits and hyphens');

const targetSchema = z
  .string()
  .max(300)
  .regex(
    /^(?:(?:channel|group):[a-z0-9][a-z0-9-]*|role:[a-z][a-z0-9-]*|user:\S.*|mail:[^\s@<>()[\],;:"]+@[^\s@<>()[\],;:"]+)$/,
    'must be channel:NAME, group:NAME, role:NAME, user:NAME or mail:ADDRESS',
  );
export const deliverySchema = z.strictObject({
  to: z.array(targetSchema).min(1).max(50),
  /** Whether mails carry the file; larger ones than the mail server should get are only pointed to. */
  attach: z.boolean().default(true),
});
export type Delivery = z.output<typeof deliverySchema>;

export const planRhythms = ['daily', 'weekly', 'monthly'] as const;

/** A report that is made by itself. */
export const documentPlanBodySchema = z.strictObject({
  ...matterShape,
  every: z.enum(planRhythms),
  /** Time of the day in the zone. */
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:00')
    .default('08:00'),
  /** Of the week (1 is Monday) or of the month (28 at most, so that there is one in each). */
  day: z.number().int().min(1).max(28).default(1),
  /** IANA zone; by default the organisation's. */
  zone: z.string().min(1).max(60).optional(),
  language: z.enum(['en', 'ja']).optional(),
  to: deliverySchema.shape.to.or(z.tuple([])).default([]),
  attach: z.boolean().default(true),
  /** Days for which each file is kept; by default as `backups.documentDays` says. */
  keepDays: z.number().int().min(1).max(3650).optional(),
  enabled: z.boolean().default(true),
});
export type DocumentPlanBody = z.output<typeof documentPlanBodySchema>;

export const documentPlanSchema = z.object({
  ...documentPlanBodySchema.shape,
  name: documentPlanNameSchema,
  zone: z.string(),
  language: z.enum(['en', 'ja']),
  createdBy: z.string(),
  nextRun: z.iso.datetime().nullable(),
  lastRun: z.iso.datetime().nullable(),
});
export type DocumentPlan = z.output<typeof documentPlanSchema>;
