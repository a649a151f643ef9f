/** What other programs tell about backups they made (B-112). Safe for browsers. */
import { z } from 'zod';

import { mendedText, storableText } from '#platform/contract';

import { copyNameSchema, jobKeySchema, mediaKindSchema, reportedToolSchema, siteSchema } from './job-shapes.ts';
import { toldSchema } from './run-shapes.ts';
import { calendarKeySchema } from './schedule-shapes.ts';

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const name = storableText.trim().min(1).max(200);
const host = storableText.max(200);
/** A time without its zone would be a guess, so it is refused. */
const zonedTime = z.iso.datetime({ offset: true });
const instant = z.iso.datetime();

export const reportResults = ['success', 'warning', 'failed'] as const;
export const reportResultSchema = z.enum(reportResults);

const outcomeShape = {
  result: reportResultSchema,
  /** Size of what was backed up. */
  bytes: count.optional(),
  /** What was written or transferred for it. */
  newBytes: count.optional(),
  files: count.optional(),
};

export const newReportSchema = z.strictObject({
  /** Key of the job, or what the tool calls it; an unknown name waits in the inbox. */
  job: name,
  /** Needed where the job has more than one copy that this tool reports. */
  copy: name.optional(),
  /** The tool's own id of the run: the same run told twice counts once. */
  run: name,
  tool: reportedToolSchema.default('other'),
  ...outcomeShape,
  /** ISO 8601 with offset or Z. */
  startedAt: zonedTime,
  endedAt: zonedTime,
  /** What the tool calls what went wrong: an exit code, an HRESULT. */
  code: mendedText.max(100).optional(),
  message: mendedText.max(2000).optional(),
  warnings: z.array(mendedText.max(500)).max(50).optional(),
  /** The end of the log; of a long one the last 8 KiB are kept, without what looks like a secret. */
  log: mendedText.max(262_144).optional(),
  /** Machine that ran it. */
  host: host.optional(),
  /** Several copies made by one run; each takes what it does not say from the report. */
  copies: z
    .array(
      z.strictObject({
        copy: name,
        ...outcomeShape,
        /** Where the copy lies, and the digest of its manifest, as the tool says. */
        path: mendedText.max(4096).optional(),
        manifest: mendedText.max(200).optional(),
      }),
    )
    .min(1)
    .max(20)
    .optional(),
});

/**
 * `recorded`: it is a run of that copy now; `repeated`: it was known, nothing changed; `unclaimed`: nobody knows the job or
 * the copy yet, it waits in the inbox; `ignored`: somebody said that reports of this name are of no interest;
 * `conflict`: the same run was told before with other contents, which stay; `refused`: it cannot be true, or not from this key.
 */
export const reportStates = ['recorded', 'repeated', 'unclaimed', 'ignored', 'conflict', 'refused'] as const;

export const reportPartSchema = z.object({
  /** As reported; null when the report named none. */
  copy: z.string().nullable(),
  state: z.enum(reportStates),
  /** Where it counts now. */
  recordedFor: z.object({ job: jobKeySchema, copy: copyNameSchema, runId: z.uuid() }).nullable(),
  /** Why it does not count; null when it does. */
  reason: toldSchema.nullable(),
});

export const reportAnswerSchema = z.object({
  job: z.string(),
  run: z.string(),
  /** The state that asks most for attention among the parts. */
  state: z.enum(reportStates),
  parts: z.array(reportPartSchema),
});

/** Most reports that one request may carry. */
export const mostReports = 500;

export const batchAnswerSchema = z.object({
  /** In the order of the request. */
  items: z.array(reportAnswerSchema),
});

export const unclaimedSchema = z.object({
  tool: reportedToolSchema,
  name: z.string(),
  copy: z.string().nullable(),
  hosts: z.array(z.string()),
  /** Reports that wait. */
  count,
  firstAt: instant,
  lastAt: instant,
  lastResult: reportResultSchema,
  /** Why it is not claimed. */
  reason: toldSchema,
});

export const claimSchema = z.strictObject({
  tool: reportedToolSchema,
  name,
  copy: name.nullable().default(null),
});

/** What reports of a name mean since somebody said so. */
export const reportNameSchema = z.object({
  tool: reportedToolSchema,
  name: z.string(),
  /** As reported; null when the reports name none. */
  copy: z.string().nullable(),
  /** Null: they are of no interest. */
  place: z.object({ job: jobKeySchema, copy: copyNameSchema }).nullable(),
  since: instant,
});

/** What is to be registered for reports nobody claimed; what is left out is taken from them, or with caution. */
export const adoptionSchema = claimSchema.extend({
  /** Default: made of the name. */
  key: jobKeySchema.optional(),
  /** Where the original lives. */
  site: siteSchema.optional(),
  /** Where the copy lies. Default: beside the original, which is off no site. */
  copySite: siteSchema.optional(),
  media: mediaKindSchema.default('disk'),
  everyHours: z.number().min(1).max(8760).optional(),
});

export const heartbeatSchema = z.strictObject({
  /** Names the reporter: one per machine and tool, as a rule. */
  reporter: name,
  tool: reportedToolSchema.default('other'),
  host: host.optional(),
  version: storableText.max(50).optional(),
  /** Minutes until the next one; three times that without any is silence. */
  everyMinutes: z.number().int().min(1).max(10_080).default(60),
  /** Reports that could not be handed in yet. */
  waiting: count.max(2_147_483_647).default(0),
});

export const reporterSchema = z.object({
  reporter: z.string(),
  tool: reportedToolSchema,
  host: z.string().nullable(),
  version: z.string().nullable(),
  everyMinutes: z.number(),
  waiting: count,
  lastSeenAt: instant,
  /** Since when nothing was heard although something was due; null when all is well. */
  silentSince: instant.nullable(),
});

/** When runs are due: a cron pattern in a zone; without one every `everyHours` of the job. */
export const expectationSchema = z.strictObject({
  cron: z.string().trim().min(9).max(100).nullable().default(null),
  /** IANA name; needed with a pattern. */
  zone: z.string().trim().min(1).max(100).default('UTC'),
  /** Minutes a run may take and be late; null for half of the interval, or 6 hours with a pattern. */
  graceMinutes: z.number().int().min(1).max(100_000).nullable().default(null),
  /** On days of this calendar no run is due; counts with a pattern. */
  skipHolidays: calendarKeySchema.nullable().default(null),
});

/** What was said, and what follows from it. */
export const awaitedRunsSchema = expectationSchema.extend({
  /** Until when the next run of each copy must have come; null for a copy of which none is expected now. */
  awaited: z.array(z.object({ copy: copyNameSchema, by: instant.nullable() })),
});

export const reportDetailSchema = z.object({
  runId: z.uuid(),
  tool: reportedToolSchema,
  name: z.string(),
  run: z.string(),
  host: z.string().nullable(),
  result: reportResultSchema,
  code: z.string().nullable(),
  message: z.string().nullable(),
  warnings: z.array(z.string()),
  log: z.string().nullable(),
  path: z.string().nullable(),
  manifest: z.string().nullable(),
  /** Who handed it in, and when. */
  reportedBy: z.string(),
  receivedAt: instant,
});

export type NewReport = z.output<typeof newReportSchema>;
export type ReportResult = (typeof reportResults)[number];
export type ReportState = (typeof reportStates)[number];
export type ReportPart = z.output<typeof reportPartSchema>;
export type ReportAnswer = z.output<typeof reportAnswerSchema>;
export type UnclaimedView = z.output<typeof unclaimedSchema>;
export type Claim = z.output<typeof claimSchema>;
export type Adoption = z.output<typeof adoptionSchema>;
export type ReportName = z.output<typeof reportNameSchema>;
export type Heartbeat = z.output<typeof heartbeatSchema>;
export type ReporterView = z.output<typeof reporterSchema>;
export type AwaitedRuns = z.output<typeof awaitedRunsSchema>;
export type Expectation = z.output<typeof expectationSchema>;
export type ReportDetail = z.output<typeof reportDetailSchema>;
