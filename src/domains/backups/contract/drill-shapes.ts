/** Restore drills and other tests of copies, as data. Safe for browsers. */
import { z } from 'zod';

import { copyNameSchema, jobKeySchema } from './job-shapes.ts';
import { toldSchema } from './run-shapes.ts';

const count = z.number().int().nonnegative();
const instant = z.iso.datetime();
const text = z.string().trim();

/**
 * `integrity`: every stored byte is read; `partial`: a sample is restored and compared; `full`: everything is restored
 * and compared; `comparison`: files of the living source are held against the backup; `tamper`: deleting is tried.
 */
export const drillKinds = ['integrity', 'partial', 'full', 'comparison', 'tamper'] as const;
export const drillKindSchema = z.enum(drillKinds);
/** `manual`: somebody did it and reports what came of it. */
export const drillModes = ['automatic', 'manual'] as const;
const drillModeSchema = z.enum(drillModes);
export const drillResults = ['running', 'passed', 'failed', 'interrupted'] as const;
export const drillResultSchema = z.enum(drillResults);

/** What is tried with the restored files, beyond comparing their bytes. */
export const contentChecksSchema = z.strictObject({
  /** Restored SQLite databases must pass their own integrity check. */
  sqlite: z.boolean().default(true),
  /** Restored safetensors files must have a sound header and scan clean. */
  safetensors: z.boolean().default(false),
  /** A program and its words, run apart from everything else; `{folder}` is where the files were restored. */
  command: z.array(z.string().min(1).max(1000)).max(50).default([]),
});

const filesSchema = z.number().int().min(1).max(10_000);

export const startDrillSchema = z.strictObject({
  kind: drillKindSchema,
  /** Default: every copy in use. */
  copy: copyNameSchema.optional(),
  /** How many files `partial` and `comparison` look at. */
  files: filesSchema.default(20),
  /** Of an earlier `partial` or `comparison`, to look at the same files again. */
  seed: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  checks: contentChecksSchema.prefault({}),
});

const checklistSchema = z.array(z.strictObject({ text: text.min(1).max(500), done: z.boolean() })).max(100);

export const manualDrillSchema = z.strictObject({
  kind: drillKindSchema.exclude(['comparison']),
  copy: copyNameSchema.optional(),
  testedAt: instant,
  tester: text.min(1).max(200),
  /** Where it was restored to: "test environment", "spare workstation". */
  target: text.min(1).max(200),
  result: z.enum(['passed', 'failed']),
  seconds: z.number().nonnegative().max(31_536_000).optional(),
  filesTotal: count.optional(),
  filesFailed: count.optional(),
  snapshot: text.max(200).optional(),
  rtoSeconds: z.number().nonnegative().max(31_536_000).optional(),
  checklist: checklistSchema.default([]),
  issues: text.max(10_000).optional(),
  notes: text.max(10_000).optional(),
});

export const amendmentSchema = z.strictObject({
  /** Why the record is corrected or completed. */
  note: text.min(1).max(2000),
  tester: text.min(1).max(200).optional(),
  target: text.min(1).max(200).optional(),
  notes: text.max(10_000).optional(),
  checklist: checklistSchema.optional(),
});

/** At most 5 MiB; the hash of what was attached is part of the signed record. */
export const evidenceBytes = 5 * 1024 * 1024;
export const newEvidenceSchema = z.strictObject({
  name: text.min(1).max(200),
  mediaType: z
    .string()
    .regex(/^[a-z]+\/[a-z0-9.+-]+$/)
    .default('application/octet-stream'),
  contentBase64: z.base64().max(Math.ceil(evidenceBytes / 3) * 4),
});

const progressSchema = z.object({ files: count, bytes: count, totalBytes: count });

export const drillSchema = z.object({
  id: z.uuid(),
  job: jobKeySchema,
  copy: z.string().nullable(),
  kind: drillKindSchema,
  mode: drillModeSchema,
  result: drillResultSchema,
  planId: z.string().nullable(),
  tester: z.string(),
  target: z.string().nullable(),
  startedAt: instant,
  endedAt: instant.nullable(),
  seconds: z.number().nullable(),
  snapshot: z.string().nullable(),
  snapshotAt: instant.nullable(),
  filesTotal: count,
  filesOk: count,
  filesFailed: count,
  bytes: count,
  /** Time to a usable restore, as measured; only a whole restore tells. */
  rtoSeconds: z.number().nullable(),
  /** Age of the newest good snapshot when the drill began. */
  rpoSeconds: z.number().nullable(),
  rtoTargetSeconds: z.number().nullable(),
  rpoTargetSeconds: z.number().nullable(),
  /** Null when there is nothing to hold the measurements against. */
  objectivesMet: z.boolean().nullable(),
  /** Of the sample: the same seed on the same snapshot chooses the same files. */
  seed: z.string().nullable(),
  findings: z.array(toldSchema),
  /** Beside the comparison: databases, models, a command. */
  checks: z.array(z.object({ check: z.string(), passed: z.boolean(), detail: z.string() })),
  checklist: z.array(z.object({ text: z.string(), done: z.boolean() })),
  issues: z.string().nullable(),
  notes: z.string().nullable(),
  error: toldSchema.nullable(),
  progress: progressSchema.nullable(),
});

const revisionSchema = z.object({
  revision: count,
  at: instant,
  by: z.string(),
  /** Null for the record itself. */
  note: z.string().nullable(),
  sha256: z.string(),
  keyId: z.string(),
  /** Whether the signature holds under this installation's key. */
  valid: z.boolean(),
});

const evidenceSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  size: count,
  sha256: z.string(),
  addedAt: instant,
  addedBy: z.string(),
});

export const drillDetailSchema = drillSchema.extend({
  revisions: z.array(revisionSchema),
  evidence: z.array(evidenceSchema),
});

/** A record with its detached signature: what is handed to an auditor. */
export const signedDrillSchema = z.object({
  /** Canonical JSON; signed byte for byte. */
  document: z.string(),
  signature: z.object({
    format: z.literal('kura-drill-signature-1'),
    algorithm: z.literal('Ed25519'),
    keyId: z.string(),
    publicKey: z.string(),
    sha256: z.string(),
    signature: z.string(),
  }),
});

export const coverageSchema = z.object({
  job: jobKeySchema,
  copy: z.string(),
  /** When the ledger was last looked at. */
  at: instant,
  items: count,
  bytes: count,
  neverRead: z.object({ items: count, bytes: count }),
  /** Every byte was read since then; null while something was never read. */
  everythingSince: instant.nullable(),
  /** Within how many days every byte must be read, and whether that holds now. */
  withinDays: count,
  met: z.boolean(),
});

export type DrillKind = (typeof drillKinds)[number];
export type DrillMode = (typeof drillModes)[number];
export type DrillResult = (typeof drillResults)[number];
export type ContentChecks = z.output<typeof contentChecksSchema>;
export type StartDrill = z.output<typeof startDrillSchema>;
export type ManualDrill = z.output<typeof manualDrillSchema>;
export type Amendment = z.output<typeof amendmentSchema>;
export type NewEvidence = z.output<typeof newEvidenceSchema>;
export type DrillView = z.output<typeof drillSchema>;
export type DrillDetail = z.output<typeof drillDetailSchema>;
export type SignedDrill = z.output<typeof signedDrillSchema>;
export type CoverageView = z.output<typeof coverageSchema>;
