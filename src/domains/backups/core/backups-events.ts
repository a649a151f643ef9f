/** What others can learn about backups. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

import { digitStateSchema, jobKeySchema, verdictStatusSchema, verificationKindSchema } from '../contract/index.ts';

const place = {
  job: jobKeySchema,
  title: z.string(),
  copy: z.string(),
  copyId: z.string(),
};
const reason = { code: z.string(), params: z.record(z.string(), z.unknown()) };

/** A new snapshot exists; `partial` when some files are not, or not reliably, in it. */
export const runFinished = defineEvent({
  name: 'backups.run-finished',
  schema: z.object({
    ...place,
    runId: z.string(),
    result: z.enum(['success', 'partial']),
    snapshot: z.string(),
    files: z.number(),
    bytes: z.number(),
    newBytes: z.number(),
    problems: z.number(),
  }),
});

/** No usable snapshot came out of a run, or the program that ran it died. Not for a stop that somebody asked for. */
export const runFailed = defineEvent({
  name: 'backups.run-failed',
  schema: z.object({ ...place, runId: z.string(), ...reason }),
});

/** A copy does not hold what it should; `findings` are the first errors. */
export const verificationFailed = defineEvent({
  name: 'backups.verification-failed',
  schema: z.object({
    ...place,
    verificationId: z.string(),
    kind: verificationKindSchema,
    errors: z.number(),
    findings: z.array(z.string()),
  }),
});

/** `from` is null for the first verdict of a job. */
export const verdictChanged = defineEvent({
  name: 'backups.verdict-changed',
  schema: z.object({
    job: jobKeySchema,
    title: z.string(),
    from: verdictStatusSchema.nullable(),
    to: verdictStatusSchema,
    digits: z.object({
      copies: digitStateSchema,
      media: digitStateSchema,
      offsite: digitStateSchema,
      offline: digitStateSchema,
      errors: digitStateSchema,
    }),
  }),
});
