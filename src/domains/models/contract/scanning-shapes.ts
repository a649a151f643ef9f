/** Scans of the library, and what was found in its files. Safe for browsers. */
import { z } from 'zod';

import { findingSchema } from './library-shapes.ts';
import { admissionSchema, policyActionSchema } from './risk-shapes.ts';
import { verdictSchema } from './vocabulary.ts';

/** `paused` also stands for one whose program ended before it was done. */
export const scanRunStatuses = ['queued', 'running', 'paused', 'done', 'cancelled', 'failed'] as const;
const scanRunStatusSchema = z.enum(scanRunStatuses);
export type ScanRunStatus = z.output<typeof scanRunStatusSchema>;

export const scanTriggers = ['person', 'schedule', 'new-rules'] as const;
const scanTriggerSchema = z.enum(scanTriggers);
export type ScanTrigger = z.output<typeof scanTriggerSchema>;

export const scanOptionsSchema = z.strictObject({
  /** Only files that were placed at this time or later. */
  since: z.iso.datetime().optional(),
  bytesPerSecond: z.number().int().min(1).optional(),
  /** Scan again also what has been scanned by the rules of today. */
  fresh: z.boolean().default(false),
});
export type ScanRequest = z.output<typeof scanOptionsSchema>;

const number = z.number().int();
export const scanCountsSchema = z.object({
  files: number,
  clean: number,
  suspicious: number,
  invalid: number,
  dangerous: number,
  unscanned: number,
  /** Not there, or not readable. */
  missing: number,
  /** Answered from an earlier scan of the same bytes. */
  known: number,
  /** Files with another verdict than before. */
  changed: number,
  quarantined: number,
  bytesRead: number,
});
export type ScanCounts = z.output<typeof scanCountsSchema>;

/** A file that was judged otherwise than before, and what that led to. */
export const scanChangeSchema = z.object({
  libraryId: z.string(),
  path: z.string(),
  before: verdictSchema,
  after: verdictSchema,
  /** `reported`: it stays where it is. */
  outcome: z.enum(['reported', 'quarantined']),
  quarantineId: z.string().nullable(),
});
export type ScanChange = z.output<typeof scanChangeSchema>;

export const scanRunSchema = z.object({
  id: z.string(),
  status: scanRunStatusSchema,
  trigger: scanTriggerSchema,
  /** Who asked for it. */
  actor: z.string(),
  ruleSet: z.string(),
  options: scanOptionsSchema,
  counts: scanCountsSchema,
  /** The first two hundred. */
  changes: z.array(scanChangeSchema).readonly(),
  startedAt: z.string(),
  updatedAt: z.string(),
  endedAt: z.string().nullable(),
});
export type ScanRunView = z.output<typeof scanRunSchema>;

export const scanStatusSchema = z.object({
  ruleSet: z.string(),
  policy: z.object({
    verdicts: z.record(verdictSchema, policyActionSchema),
    rules: z.record(z.string(), policyActionSchema),
    formats: z.record(z.string(), policyActionSchema),
    /** Exceptions that name no rule there is: typing errors. */
    unknownRules: z.array(z.string()).readonly(),
  }),
  library: z.object({
    files: number,
    /** Scanned by other rules than those of today, or never. */
    outdated: number,
    byVerdict: z.record(verdictSchema, number),
    /** Let in against the policy or after a question. */
    admitted: number,
  }),
  quarantined: number,
  /** Days between two scans by the server; 0 = only when asked. */
  everyDays: number,
  /** Queued, running or paused. */
  open: scanRunSchema.nullable(),
  last: scanRunSchema.nullable(),
});
export type ScanStatusView = z.output<typeof scanStatusSchema>;

export const scannedFileSchema = z.object({
  libraryId: z.string(),
  path: z.string(),
  name: z.string(),
  modelName: z.string(),
  sizeBytes: number,
  sha256: z.string(),
  format: z.string(),
  verdict: verdictSchema,
  findings: z.array(findingSchema).readonly(),
  ruleSet: z.string(),
  scannedAt: z.string(),
  admitted: admissionSchema.nullable(),
});
export type ScannedFileView = z.output<typeof scannedFileSchema>;

/** What browsers hear on `scanTopic` while the library is scanned (permission models:read). */
export const scanTopic = 'models.library-scan-progressed';
