/** `kura backups run|verify|restore-test`: the work itself, here with progress, or queued on a server. */
import { z } from 'zod';

import { systemClock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { localCaller } from '#platform/access';
import { type Command, type CommandContext, defineCommand } from '#platform/cli';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';
import { isPaused } from '../core/register/protected-job.ts';
import { presentRun, presentVerification, tell } from '../core/runs/present-record.ts';
import type { SkippedRun } from '../core/runs/run-record.ts';
import { activeJobs } from './register/active-jobs.ts';
import { renderRuns, renderVerifications, runExitCode, verificationExitCode } from './report-work.ts';
import { tellReading } from './tell-reading.ts';

type Context = CommandContext<Backups>;

const define = defineCommand<Backups>();
const key = contract.jobKeySchema;

const runCommand = define({
  words: ['backups', 'run'],
  arguments: [{ name: 'job' }],
  remote: true,
  input: z.strictObject({ job: key.optional() }),
  async run({ job }, context) {
    const { call, out, translator } = context;
    if (context.globals.server !== undefined) {
      return queue(job, context, (one) => call(contract.startBackupRun, { params: { key: one } }));
    }
    const backups = await context.open();
    const reports: contract.RunReport[] = [];
    for (const one of jobsToWorkOn(job, await backups.jobs())) reports.push(await runHere(one, backups, context));
    out.result({ jobs: reports }, () => renderRuns(reports, translator));
    return runExitCode(reports);
  },
});

const verifyCommand = define({
  words: ['backups', 'verify'],
  arguments: [{ name: 'job' }],
  options: [{ flags: '--read-data' }],
  remote: true,
  input: z.strictObject({ job: key.optional(), readData: z.boolean().default(false) }),
  run: ({ job, readData }, context) => verify(job, readData ? 'data' : 'structure', context),
});

const restoreTestCommand = define({
  words: ['backups', 'restore-test'],
  arguments: [{ name: 'job', required: true }],
  remote: true,
  input: z.strictObject({ job: key }),
  run: ({ job }, context) => verify(job, 'restore', context),
});

export const workCommands: ReadonlyArray<Command<Backups>> = [runCommand, verifyCommand, restoreTestCommand];

async function runHere(job: string, backups: Backups, context: Context): Promise<contract.RunReport> {
  const { out, signal, translator } = context;
  const { runs, skipped } = await backups.run(localCaller('kura backups run'), {
    job,
    signal,
    onProgress: (copy, { files, bytes, newBytes, path }) =>
      out.progress(
        translator.text('cli.backups.run.progress', {
          copy: `${job}/${copy.name}`,
          files: translator.number(files),
          bytes: translator.bytes(bytes),
          newBytes: translator.bytes(newBytes),
          path,
        }),
      ),
  });
  out.progress(undefined);
  return { job, runs: runs.map((run) => presentRun(run, translator)), skipped: tellSkipped(skipped, context) };
}

async function verify(job: string | undefined, kind: contract.VerificationKind, context: Context): Promise<number> {
  const { call, out, translator } = context;
  if (context.globals.server !== undefined) {
    return queue(job, context, (one) => call(contract.startVerification, { params: { key: one }, body: { kind } }));
  }
  const backups = await context.open();
  const reports: contract.VerificationReport[] = [];
  for (const one of jobsToWorkOn(job, await backups.jobs())) {
    reports.push(await verifyHere(one, kind, backups, context));
  }
  out.result({ jobs: reports }, () => renderVerifications(reports, translator));
  return verificationExitCode(reports);
}

async function verifyHere(
  job: string,
  kind: contract.VerificationKind,
  backups: Backups,
  context: Context,
): Promise<contract.VerificationReport> {
  const { out, signal, translator } = context;
  const { verifications, skipped } = await backups.verify(localCaller('kura backups verify'), {
    job,
    kind,
    signal,
    onProgress: tellReading(job, context),
  });
  out.progress(undefined);
  return {
    job,
    verifications: verifications.map((one) => presentVerification(one, translator)),
    skipped: tellSkipped(skipped, context),
  };
}

async function queue(
  job: string | undefined,
  { call, out, translator }: Context,
  start: (key: string) => Promise<{ readonly job: string; readonly queued: readonly object[] }>,
): Promise<number> {
  const jobs = job === undefined ? await activeJobs(call) : [];
  const queued: Array<Awaited<ReturnType<typeof start>>> = [];
  for (const one of jobsToWorkOn(job, jobs)) queued.push(await start(one));
  out.result({ jobs: queued }, () =>
    queued.map((one) => translator.text('cli.backups.queued', { job: one.job, copies: one.queued.length })).join('\n'),
  );
  return 0;
}

/** The job that was named, or all that are not paused and have somewhere to go. */
function jobsToWorkOn(named: string | undefined, jobs: readonly contract.JobView[]): readonly string[] {
  if (named !== undefined) return [named];
  const now = systemClock.now();
  const keys = jobs.filter((job) => !isPaused(job, now) && job.copies.length > 0).map((job) => job.key);
  if (keys.length === 0) throw new KuraError('not-found', 'backups.nothing-to-do');
  return keys;
}

function tellSkipped(skipped: readonly SkippedRun[], { translator }: Context): contract.SkippedCopy[] {
  return skipped.map(({ copy, reason }) => ({ copy, reason: tell(reason, translator) }));
}
