/** What assistants may ask about backups: the 3-2-1-1-0 verdict, why a digit is what it is, and what ran. */
import { z } from 'zod';

import * as backups from '#backups/contract';

import { defineTool } from '../tool.ts';

const digits = ['copies', 'media', 'offsite', 'offline', 'errors'] as const;
const digitName = z.enum(digits);
const digitStates = z.object(Object.fromEntries(digits.map((name) => [name, backups.digitStateSchema])));

const page = '/backups/protection';
const mostJobs = 25;

const counts = z.object({
  total: z.number().int(),
  byStatus: z.record(z.string(), z.number().int()),
  /** Compliant jobs per hundred; null without any. */
  ratePercent: z.number().nullable(),
});

const jobFields = {
  key: backups.jobKeySchema,
  title: z.string(),
  verdict: backups.verdictStatusSchema,
  /** When the verdict changes by itself if nothing happens. */
  validUntil: z.string().nullable(),
  digits: digitStates,
  warnings: z.array(z.string()),
};

function jobOf({ key, title, verdict, validUntil, digits: found, warnings }: backups.JobStatusView) {
  const states = Object.fromEntries(digits.map((name) => [name, found[name].verdict]));
  return { key, title, verdict, validUntil, digits: states, warnings: warnings.map(({ text }) => text) };
}

const getProtectionStatus = defineTool({
  name: 'get_protection_status',
  permission: 'backups:read',
  input: z.strictObject({}),
  output: z.object({
    evaluatedAt: z.string(),
    summary: counts,
    /** Worst first. */
    jobs: z.array(z.object(jobFields)),
    moreJobs: z.number().int(),
    url: z.string(),
  }),
  run: async (_input, { assistant, signal }) => {
    const { evaluatedAt, summary, jobs } = await assistant.call(backups.readBackupStatus, {}, signal);
    const { total, byStatus, ratePercent } = summary;
    return {
      evaluatedAt,
      summary: { total, byStatus, ratePercent },
      jobs: jobs.slice(0, mostJobs).map(jobOf),
      moreJobs: Math.max(0, jobs.length - mostJobs),
      url: assistant.pageUrl(page),
    };
  },
});

const getJobProtection = defineTool({
  name: 'get_job_protection',
  permission: 'backups:read',
  input: z.strictObject({ job: backups.jobKeySchema }),
  output: z.object({
    ...jobFields,
    copies: z.array(
      z.object({
        name: z.string(),
        role: z.string(),
        site: z.string(),
        media: z.string(),
        connectivity: z.string(),
        reachable: z.boolean(),
        lastGoodRunAt: z.string().nullable(),
        lastRun: z.string().nullable(),
        lastVerification: z.string().nullable(),
      }),
    ),
    url: z.string(),
  }),
  run: async ({ job }, { assistant, signal }) => {
    const status = await assistant.call(backups.readJobStatus, { params: { key: job } }, signal);
    return {
      ...jobOf(status),
      copies: status.copies.map((copy) => ({
        name: copy.name,
        role: copy.role,
        site: copy.site,
        media: copy.media,
        connectivity: copy.connectivity,
        reachable: copy.reachable,
        lastGoodRunAt: copy.lastGoodRun?.endedAt ?? null,
        lastRun: copy.lastRun?.result ?? null,
        lastVerification: copy.lastVerification?.result ?? null,
      })),
      url: assistant.pageUrl(page),
    };
  },
});

const explainDigit = defineTool({
  name: 'explain_digit',
  permission: 'backups:read',
  input: z.strictObject({ job: backups.jobKeySchema, digit: digitName }),
  output: z.object({
    job: backups.jobKeySchema,
    digit: digitName,
    /** What the digit asks for, in a sentence. */
    meaning: z.string(),
    verdict: backups.digitStateSchema,
    required: z.number().int(),
    found: z.number().int(),
    /** Copies that carry the digit. */
    evidence: z.array(z.string()),
    reasons: z.array(z.string()),
    /** What to do first; null when nothing is to be done. */
    remedy: z.string().nullable(),
    validUntil: z.string().nullable(),
    url: z.string(),
  }),
  run: async ({ job, digit }, { assistant, signal }) => {
    const status = await assistant.call(backups.readJobStatus, { params: { key: job } }, signal);
    const { verdict, required, found, evidence, reasons, remedy, validUntil } = status.digits[digit];
    return {
      job,
      digit,
      meaning: assistant.translator.text(`mcp.digit.${digit}`),
      verdict,
      required,
      found,
      evidence: [...evidence],
      reasons: reasons.map(({ text }) => text),
      remedy: remedy?.text ?? null,
      validUntil,
      url: assistant.pageUrl(page),
    };
  },
});

const listRuns = defineTool({
  name: 'list_backup_runs',
  permission: 'backups:read',
  input: z.strictObject({
    job: backups.jobKeySchema.optional(),
    limit: z.number().int().min(1).max(50).default(10),
  }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        job: z.string(),
        copy: z.string(),
        result: backups.runResultSchema,
        startedAt: z.string(),
        endedAt: z.string().nullable(),
        files: z.number(),
        bytes: z.number(),
        problems: z.number(),
        error: z.string().nullable(),
      }),
    ),
  }),
  run: async (query, { assistant, signal }) => {
    const { items } = await assistant.call(backups.listBackupRuns, { query }, signal);
    return {
      items: items.map((run) => ({
        id: run.id,
        job: run.job,
        copy: run.copy,
        result: run.result,
        startedAt: run.startedAt,
        endedAt: run.endedAt,
        files: run.files,
        bytes: run.bytes,
        problems: run.problems,
        error: run.error?.text ?? null,
      })),
    };
  },
});

export const backupTools = [getProtectionStatus, getJobProtection, explainDigit, listRuns];
