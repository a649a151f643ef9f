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
    /** Null for runs that were only reported. */
    snapshot: z.string().nullable(),
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

/** A copy held what it should. */
export const verificationPassed = defineEvent({
  name: 'backups.verification-passed',
  schema: z.object({ ...place, verificationId: z.string(), kind: verificationKindSchema }),
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

const copyPlace = { job: jobKeySchema, title: z.string(), copy: z.string(), copyId: z.string() };

/** No run of the copy came until `due`. */
export const runMissed = defineEvent({
  name: 'backups.run-missed',
  schema: z.object({ ...copyPlace, due: z.string() }),
});

/** A run of a copy came after one had been missed. */
export const runArrived = defineEvent({ name: 'backups.run-arrived', schema: z.object(copyPlace) });

/** A good run took much longer, or saved much less or more, than those before: seconds or bytes, and their median. */
export const runUnusual = defineEvent({
  name: 'backups.run-unusual',
  schema: z.object({
    ...copyPlace,
    runId: z.string(),
    what: z.enum(['duration', 'size']),
    value: z.number(),
    usual: z.number(),
  }),
});

/** It is neither run nor judged any more. */
export const jobArchived = defineEvent({
  name: 'backups.job-archived',
  schema: z.object({ job: jobKeySchema, title: z.string() }),
});

/** A report names a job or copy that nobody registered; `key` is tool and name. */
export const reportUnclaimed = defineEvent({
  name: 'backups.report-unclaimed',
  schema: z.object({ key: z.string(), tool: z.string(), job: z.string() }),
});

/** Reports of this name were assigned or dismissed. */
export const reportClaimed = defineEvent({ name: 'backups.report-claimed', schema: z.object({ key: z.string() }) });

/** A reporter was not heard of for three of its intervals. */
export const reporterSilent = defineEvent({
  name: 'backups.reporter-silent',
  schema: z.object({ reporter: z.string(), host: z.string().nullable(), tool: z.string(), since: z.string() }),
});

export const reporterBack = defineEvent({
  name: 'backups.reporter-back',
  schema: z.object({ reporter: z.string(), host: z.string().nullable(), tool: z.string() }),
});

export const reportEvents = {
  runMissed,
  runArrived,
  runUnusual,
  reportUnclaimed,
  reportClaimed,
  reporterSilent,
  reporterBack,
} as const;

/** A time of a schedule that came to nothing; why is its code. */
export const scheduleSkipped = defineEvent({
  name: 'backups.schedule-skipped',
  schema: z.object({ job: jobKeySchema, title: z.string(), dueAt: z.string(), ...reason }),
});

/** The program after a scheduled backup failed; the backup stays as it ended. */
export const hookFailed = defineEvent({
  name: 'backups.hook-failed',
  schema: z.object({ job: jobKeySchema, title: z.string(), ...reason }),
});

const provider = { provider: z.string(), title: z.string() };

/** Less room is left than somebody wanted to have; told once until there is enough again. */
export const providerSpaceLow = defineEvent({
  name: 'backups.provider-space-low',
  schema: z.object({ ...provider, usedPercent: z.number(), limitPercent: z.number(), freeBytes: z.number() }),
});
export const providerSpaceOk = defineEvent({ name: 'backups.provider-space-ok', schema: z.object(provider) });

/** A storage provider that could be reached cannot be, or refuses; told once until it can again. */
export const providerFailed = defineEvent({
  name: 'backups.provider-check-failed',
  schema: z.object({ ...provider, ...reason }),
});
export const providerRecovered = defineEvent({ name: 'backups.provider-check-ok', schema: z.object(provider) });

/** The login or the certificate of a storage provider ends on that day, or has; told once until it holds for longer. */
const ending = z.object({ ...provider, day: z.string() });
export const providerLoginEnding = defineEvent({ name: 'backups.provider-login-ending', schema: ending });
export const providerLoginRenewed = defineEvent({ name: 'backups.provider-login-renewed', schema: z.object(provider) });
export const providerCertificateEnding = defineEvent({ name: 'backups.provider-certificate-ending', schema: ending });
export const providerCertificateRenewed = defineEvent({
  name: 'backups.provider-certificate-renewed',
  schema: z.object(provider),
});

/** A copy was taken out of its job: what was wrong with it is nobody's matter any more. */
export const copyRemoved = defineEvent({ name: 'backups.copy-removed', schema: z.object(copyPlace) });

export const registerEvents = {
  copyRemoved,
  jobArchived,
  scheduleSkipped,
  hookFailed,
  providerSpaceLow,
  providerSpaceOk,
  providerFailed,
  providerRecovered,
  providerLoginEnding,
  providerLoginRenewed,
  providerCertificateEnding,
  providerCertificateRenewed,
} as const;
