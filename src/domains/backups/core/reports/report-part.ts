/** A report as Kura keeps it: one part for each copy, times in UTC, one digest that says whether two tell the same. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

import { type Instant, instant } from '#kernel/brands';
import { KIB } from '#kernel/units';
import { redact } from '#platform/log';

import type { NewReport, ReportedTool, ReportResult } from '../../contract/index.ts';

export interface ReportedPart {
  readonly tool: ReportedTool;
  /** As reported: a job's key, or what the tool calls it. */
  readonly job: string;
  /** Empty when the report names none. */
  readonly copy: string;
  readonly run: string;
  readonly host: string | null;
  readonly result: ReportResult;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly digest: string;
  readonly body: ReportBody;
}

const reportBodySchema = z.object({
  startedAt: z.string(),
  bytes: z.number().nullable(),
  newBytes: z.number().nullable(),
  files: z.number().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  warnings: z.array(z.string()),
  log: z.string().nullable(),
  path: z.string().nullable(),
  manifest: z.string().nullable(),
});

/** What has no column of its own. */
export type ReportBody = z.output<typeof reportBodySchema>;

export function readBody(json: string): ReportBody {
  return reportBodySchema.parse(JSON.parse(json));
}

/** Of a log so much of the end is kept: there it says how it ended. */
const KEPT_LOG = 8 * KIB;

export function partsOf(report: NewReport): readonly ReportedPart[] {
  const parts = report.copies ?? [{ copy: report.copy ?? '', result: report.result }];
  return parts.map((part) => onePart(report, part));
}

type Part = NonNullable<NewReport['copies']>[number];

function onePart(report: NewReport, part: Part): ReportedPart {
  const { tool, job, run, host = null } = report;
  const startedAt = instant(new Date(report.startedAt));
  const endedAt = instant(new Date(report.endedAt));
  const told = bodyOf(report, part, startedAt);
  const digest = createHash('sha256')
    .update(JSON.stringify([tool, run, host, part.result, endedAt, told]))
    .digest('hex');
  return { tool, job, run, host, copy: part.copy, result: part.result, startedAt, endedAt, digest, body: kept(told) };
}

function bodyOf(report: NewReport, part: Part, startedAt: Instant): ReportBody {
  return {
    startedAt,
    bytes: part.bytes ?? report.bytes ?? null,
    newBytes: part.newBytes ?? report.newBytes ?? null,
    files: part.files ?? report.files ?? null,
    code: report.code ?? null,
    message: report.message ?? null,
    warnings: report.warnings ?? [],
    log: report.log ?? null,
    path: part.path ?? null,
    manifest: part.manifest ?? null,
  };
}

/** Tools print addresses with passwords in them. */
function kept(body: ReportBody): ReportBody {
  return {
    ...body,
    message: body.message === null ? null : redact(body.message),
    warnings: body.warnings.map(redact),
    log: body.log === null ? null : redact(body.log).slice(-KEPT_LOG),
    path: body.path === null ? null : redact(body.path),
  };
}
