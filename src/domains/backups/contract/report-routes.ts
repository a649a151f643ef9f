/** Routes for what other programs report. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { copyNameSchema, jobKeySchema } from './job-shapes.ts';
import {
  adoptionSchema,
  awaitedRunsSchema,
  batchAnswerSchema,
  claimSchema,
  expectationSchema,
  heartbeatSchema,
  mostReports,
  newReportSchema,
  reportAnswerSchema,
  reportDetailSchema,
  reporterSchema,
  reportNameSchema,
  unclaimedSchema,
} from './report-shapes.ts';

export const reportRun = defineRoute({
  id: 'backups.report-run',
  method: 'POST',
  path: '/api/v1/backups/reports',
  access: 'backups:report',
  limit: 'ingest',
  body: newReportSchema,
  bodyBytes: 1024 * 1024,
  output: reportAnswerSchema,
  /** 200 for a report that was known, 202 for one that waits in the inbox. */
  status: 201,
  errors: ['backups.report-conflict', 'backups.report-future', 'backups.report-backwards', 'backups.report-not-yours'],
});

/** One bad report does not keep the others out: each item has its own answer. */
export const reportRuns = defineRoute({
  id: 'backups.report-runs',
  method: 'POST',
  path: '/api/v1/backups/reports/batch',
  access: 'backups:report',
  limit: 'ingest',
  /** Each like the body of `backups.report-run`. */
  // One report with a character that cannot be stored must not keep out those that came with it.
  judgesParts: true,
  body: z.strictObject({ reports: z.array(z.record(z.string(), z.unknown())).min(1).max(mostReports) }),
  output: batchAnswerSchema,
});

export const readReport = defineRoute({
  id: 'backups.read-report',
  method: 'GET',
  path: '/api/v1/backups/runs/:runId/report',
  access: 'backups:read',
  params: z.strictObject({ runId: z.uuid() }),
  output: reportDetailSchema,
  errors: ['backups.report-not-found'],
});

export const noteHeartbeat = defineRoute({
  id: 'backups.note-heartbeat',
  method: 'POST',
  path: '/api/v1/backups/reporters/heartbeat',
  access: 'backups:report',
  limit: 'ingest',
  body: heartbeatSchema,
  output: reporterSchema,
});

export const listReporters = defineRoute({
  id: 'backups.list-reporters',
  method: 'GET',
  path: '/api/v1/backups/reporters',
  access: 'backups:read',
  output: z.object({ items: z.array(reporterSchema) }),
});

export const forgetReporter = defineRoute({
  id: 'backups.forget-reporter',
  method: 'DELETE',
  path: '/api/v1/backups/reporters/:reporter',
  access: 'backups:run',
  params: z.strictObject({ reporter: z.string().min(1).max(200) }),
  output: z.undefined(),
  status: 204,
  errors: ['backups.reporter-not-found'],
});

export const listUnclaimed = defineRoute({
  id: 'backups.list-unclaimed',
  method: 'GET',
  path: '/api/v1/backups/report-inbox',
  access: 'backups:read',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(100) }),
  /** Latest heard of first. */
  output: z.object({ items: z.array(unclaimedSchema) }),
});

/** What waits becomes runs of the copy, and so does what comes later under this name. */
export const assignReports = defineRoute({
  id: 'backups.assign-reports',
  method: 'POST',
  path: '/api/v1/backups/report-inbox/assign',
  access: 'backups:run',
  body: claimSchema.extend({ toJob: jobKeySchema, toCopy: copyNameSchema }),
  output: z.object({ recorded: z.number(), repeated: z.number() }),
  errors: ['backups.job-not-found', 'backups.copy-not-found', 'backups.copy-not-reported', 'backups.nothing-unclaimed'],
});

/** Registers the job and its copy as well; names places of the house, so it takes the right to configure it. */
export const adoptReports = defineRoute({
  id: 'backups.adopt-reports',
  method: 'POST',
  path: '/api/v1/backups/report-inbox/adopt',
  access: 'system:configure',
  body: adoptionSchema,
  output: z.object({ job: jobKeySchema, copy: copyNameSchema, recorded: z.number(), repeated: z.number() }),
  errors: ['backups.nothing-unclaimed', 'backups.job-exists'],
});

export const listReportNames = defineRoute({
  id: 'backups.list-report-names',
  method: 'GET',
  path: '/api/v1/backups/report-names',
  access: 'backups:read',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(5000).default(1000) }),
  output: z.object({ items: z.array(reportNameSchema) }),
});

/** What was recorded stays; what comes later under the name waits again. */
export const forgetReportName = defineRoute({
  id: 'backups.forget-report-name',
  method: 'POST',
  path: '/api/v1/backups/report-names/forget',
  access: 'backups:run',
  body: claimSchema,
  output: z.undefined(),
  status: 204,
  errors: ['backups.name-unknown'],
});

export const dismissReports = defineRoute({
  id: 'backups.dismiss-reports',
  method: 'POST',
  path: '/api/v1/backups/report-inbox/dismiss',
  access: 'backups:run',
  /** `always`: what comes later under this name is of no interest either. */
  body: claimSchema.extend({ always: z.boolean().default(false) }),
  output: z.object({ dismissed: z.number() }),
  errors: ['backups.nothing-unclaimed'],
});

export const readExpectation = defineRoute({
  id: 'backups.read-expectation',
  method: 'GET',
  path: '/api/v1/backups/jobs/:key/expectation',
  access: 'backups:read',
  params: z.strictObject({ key: jobKeySchema }),
  output: awaitedRunsSchema,
  errors: ['backups.job-not-found'],
});

export const setExpectation = defineRoute({
  id: 'backups.set-expectation',
  method: 'PUT',
  path: '/api/v1/backups/jobs/:key/expectation',
  access: 'backups:run',
  params: z.strictObject({ key: jobKeySchema }),
  body: expectationSchema,
  output: awaitedRunsSchema,
  errors: ['backups.job-not-found', 'schedule.bad-timing', 'backups.calendar-not-found'],
});
