/** Finding, changing and importing jobs (B-030…B-037, B-215). Safe for browsers. */
import { z } from 'zod';
import { digitStatesSchema } from './digit-states.ts';
import {
  copyNameSchema,
  copyRoleSchema,
  criticalitySchema,
  dataClassSchema,
  engineSettingsSchema,
  jobFactsShape,
  jobKeySchema,
  jobKindSchema,
  jobSchema,
  mediaKindSchema,
  policyKeySchema,
  providerKeySchema,
  siteSchema,
  tagSchema,
} from './job-shapes.ts';
import { runResultSchema, toldSchema } from './run-shapes.ts';
import { verdictStatusSchema } from './status-shapes.ts';

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();
const reason = z.string().trim().min(1).max(500);

export const jobChangeSchema = z
  .strictObject({
    ...jobFactsShape,
    everyHours: z.number().min(1).max(8760),
    verifyEveryDays: z.number().int().min(1).max(3650),
    /** A job that is not active is paused: shown, but left out of the count. */
    active: z.boolean(),
    /** Paused until then although it is active. */
    pausedUntil: instant.nullable(),
    pauseReason: reason.nullable(),
  })
  .partial();

export const jobMoveSchema = z.strictObject({
  source: z.string().min(1).max(4096),
  /** Null: this machine. Left out: as it is. */
  target: z.string().trim().min(1).max(100).nullable().optional(),
  site: siteSchema.optional(),
});

export const copyChangeSchema = z
  .strictObject({
    name: copyNameSchema,
    role: copyRoleSchema,
    site: siteSchema,
    media: mediaKindSchema,
    /** Null: it stays connected. */
    rotationDays: z.number().int().min(1).max(3650).nullable(),
    passphraseFile: z.string().min(1).max(4096).nullable(),
    engineSettings: engineSettingsSchema,
    provider: providerKeySchema.nullable(),
    enabled: z.boolean(),
    lockedUntil: instant.nullable(),
  })
  .partial();

export const jobStates = ['live', 'active', 'paused', 'archived', 'all'] as const;
export const jobOrders = ['key', 'title', 'worst', 'last-run', 'criticality', 'owner', 'created'] as const;

export const jobQuerySchema = z.strictObject({
  /** Anywhere in key, title, source, machine or description, whatever the case. */
  q: z.string().trim().max(100).optional(),
  verdict: verdictStatusSchema.optional(),
  owner: z.string().max(100).optional(),
  criticality: criticalitySchema.optional(),
  dataClass: dataClassSchema.optional(),
  kind: jobKindSchema.optional(),
  tag: tagSchema.optional(),
  policy: policyKeySchema.optional(),
  /** `live`: all but archived ones. */
  state: z.enum(jobStates).default('live'),
  /** The newest run ended in between. */
  ranSince: instant.optional(),
  ranBefore: instant.optional(),
  order: z.enum(jobOrders).default('key'),
  descending: z.stringbool().default(false),
  limit: z.coerce.number().int().min(1).max(2000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});

export const listedJobSchema = jobSchema.extend({
  /** As last told; null until it was judged for the first time. */
  verdict: z
    .object({
      status: verdictStatusSchema,
      digits: digitStatesSchema,
      since: instant,
      validUntil: instant.nullable(),
      /** How much of the rule is kept, in hundredths. */
      score: count,
      lastRunAt: instant.nullable(),
      lastRunResult: runResultSchema.nullable(),
      lastGoodAt: instant.nullable(),
    })
    .nullable(),
  schedule: z.object({ cron: z.string(), zone: z.string(), enabled: z.boolean() }).nullable(),
});

/** `archive` is how jobs are deleted here: nothing of their history or their copies goes. */
export const jobActions = ['pause', 'resume', 'archive', 'unarchive'] as const;

export const manyJobsBodySchema = z
  .strictObject({
    keys: z.array(jobKeySchema).min(1).max(500),
    action: z.enum(jobActions),
    /** Kept with jobs that are paused or archived; the archive wants one. */
    reason: z.string().trim().min(1).max(500).optional(),
    /** Says what would happen, and changes nothing. */
    dryRun: z.boolean().default(true),
  })
  .refine(({ action, reason }) => action !== 'archive' || reason !== undefined, {
    path: ['reason'],
    message: 'archiving takes a reason',
  });

export const manyJobsReportSchema = z.object({
  /** False for a dry run. */
  applied: z.boolean(),
  changed: count,
  unchanged: count,
  refused: count,
  rows: z.array(
    z.object({
      key: z.string(),
      outcome: z.enum(['changed', 'unchanged', 'refused']),
      problem: toldSchema.nullable(),
    }),
  ),
});

/** The filters of the list. `json`: JSON Lines, a job each. */
export const jobExportQuerySchema = jobQuerySchema.extend({
  format: z.enum(['csv', 'json']).default('csv'),
  limit: z.coerce.number().int().min(1).max(2000).default(2000),
});

export const importFormats = ['csv', 'json'] as const;

export const importBodySchema = z.strictObject({
  format: z.enum(importFormats),
  /** CSV with a header row, a JSON array of jobs or JSON Lines; also what the export wrote. */
  text: z.string().max(8_000_000),
  /** Says what would happen, and changes nothing. */
  dryRun: z.boolean().default(true),
});

export const importReportSchema = z.object({
  /** False for a dry run, and when a row was refused: all rows are taken or none. */
  applied: z.boolean(),
  created: count,
  changed: count,
  unchanged: count,
  refused: count,
  rows: z.array(
    z.object({
      /** As in the file; the first row after the header is 1. */
      row: count,
      key: z.string().nullable(),
      outcome: z.enum(['created', 'changed', 'unchanged', 'refused']),
      /** Names of the facts that change. */
      changes: z.array(z.string()),
      problems: z.array(toldSchema),
    }),
  ),
});

export type JobChange = z.output<typeof jobChangeSchema>;
export type JobMove = z.output<typeof jobMoveSchema>;
export type CopyChange = z.output<typeof copyChangeSchema>;
export type JobQuery = z.output<typeof jobQuerySchema>;
export type JobOrder = (typeof jobOrders)[number];
export type ListedJob = z.output<typeof listedJobSchema>;
export type JobAction = (typeof jobActions)[number];
export type ManyJobsBody = z.output<typeof manyJobsBodySchema>;
export type ManyJobsReport = z.output<typeof manyJobsReportSchema>;
export type JobExportQuery = z.output<typeof jobExportQuerySchema>;
export type ImportBody = z.output<typeof importBodySchema>;
export type ImportReport = z.output<typeof importReportSchema>;
export type ImportedRow = ImportReport['rows'][number];
