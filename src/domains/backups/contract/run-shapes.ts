/** Runs, verifications and restore tests as data. Safe for browsers. */
import { z } from 'zod';

import { copyNameSchema, jobKeySchema } from './job-shapes.ts';

const count = z.number().int().nonnegative();
const instant = z.iso.datetime();

/** A message key with its parameters, and what it says in the caller's language. */
export const toldSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  text: z.string(),
});

/** `partial`: some files could not be read; `interrupted`: the process died or was stopped, what it stored is kept. */
export const runResults = ['running', 'success', 'partial', 'failed', 'interrupted'] as const;
export const runResultSchema = z.enum(runResults);

export const runSchema = z.object({
  id: z.uuid(),
  job: jobKeySchema,
  copy: copyNameSchema,
  copyId: z.uuid(),
  result: runResultSchema,
  startedAt: instant,
  endedAt: instant.nullable(),
  snapshot: z.string().nullable(),
  files: count,
  bytes: count,
  newBytes: count,
  /** Files that are not, or not reliably, in the snapshot. */
  problems: count,
  /** Made elsewhere and only told about; `backups.read-report` says what was told. */
  reported: z.boolean(),
  error: toldSchema.nullable(),
});

/** `structure`: everything is there; `data`: every stored byte was read; `restore`: a snapshot was restored and compared. */
export const verificationKinds = ['structure', 'data', 'restore'] as const;
export const verificationKindSchema = z.enum(verificationKinds);
const verificationResults = ['running', 'passed', 'failed', 'interrupted'] as const;
export const verificationResultSchema = z.enum(verificationResults);

export const verificationSchema = z.object({
  id: z.uuid(),
  job: jobKeySchema,
  copy: copyNameSchema,
  copyId: z.uuid(),
  kind: verificationKindSchema,
  result: verificationResultSchema,
  startedAt: instant,
  endedAt: instant.nullable(),
  seconds: z.number().nullable(),
  /** The snapshot that was restored; null for the other kinds. */
  snapshot: z.string().nullable(),
  /** Stored objects checked; files compared for `restore`. */
  objects: count,
  bytes: count,
  errors: count,
  /** The first errors, at most 20. */
  findings: z.array(z.string()),
  error: toldSchema.nullable(),
});

/** What one copy did in a run or verification that was asked for; a skipped copy says why. */
const skippedSchema = z.object({ copy: copyNameSchema, reason: toldSchema });

export const runReportSchema = z.object({
  job: jobKeySchema,
  runs: z.array(runSchema),
  skipped: z.array(skippedSchema),
});
export const verificationReportSchema = z.object({
  job: jobKeySchema,
  verifications: z.array(verificationSchema),
  skipped: z.array(skippedSchema),
});

export type Told = z.output<typeof toldSchema>;
export type RunResult = (typeof runResults)[number];
export type RunView = z.output<typeof runSchema>;
export type VerificationKind = (typeof verificationKinds)[number];
export type VerificationResult = (typeof verificationResults)[number];
export type VerificationView = z.output<typeof verificationSchema>;
export type SkippedCopy = z.output<typeof skippedSchema>;
export type RunReport = z.output<typeof runReportSchema>;
export type VerificationReport = z.output<typeof verificationReportSchema>;
