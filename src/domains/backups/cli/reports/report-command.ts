/** `kura backups report`: tells of a run that another program made, or runs it and tells then. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { isKuraError, KuraError } from '#kernel/errors';
import { withoutUndefined } from '#kernel/without-undefined';
import { type Command, type CommandContext, defineCommand, exitCodes, type Globals } from '#platform/cli';
import { ApiProblem } from '#platform/contract';
import { describeError, type Translator } from '#platform/i18n';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';
import { resultOfRun, toolOfCommand } from './exit-code-rule.ts';
import { logEnd, readLogEnd } from './log-end.ts';
import { measureOutput } from './measure-output.ts';
import { renderAnswer } from './render-answer.ts';
import { openReportSpool, type ReportSpool } from './report-spool.ts';
import { runCommand } from './run-command.ts';

export interface ReportCommandDeps {
  /** What a command that is run sees. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder for reports that could not be handed in. */
  readonly spoolFolder: (globals: Globals) => string;
  readonly folder: () => string;
  readonly now: () => number;
}

const time = z.iso.datetime({ offset: true });
const count = z.coerce.number().int().nonnegative();

const inputSchema = z.strictObject({
  command: z.array(z.string()).default([]),
  job: z.string().min(1).optional(),
  copy: z.string().min(1).optional(),
  run: z.string().min(1).optional(),
  result: contract.reportResultSchema.optional(),
  tool: contract.reportedToolSchema.optional(),
  started: time.optional(),
  ended: time.optional(),
  bytes: count.optional(),
  newBytes: count.optional(),
  files: count.optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  logFile: z.string().optional(),
  warnExitCodes: z
    .string()
    .regex(/^\d+(?:,\d+)*$/)
    .optional(),
  flush: z.boolean().default(false),
});

type Input = z.output<typeof inputSchema>;
type Context = CommandContext<Backups>;
type Sent = z.input<typeof contract.newReportSchema>;

export function reportCommand(deps: ReportCommandDeps): Command<Backups> {
  return defineCommand<Backups>()({
    words: ['backups', 'report'],
    arguments: [{ name: 'command', variadic: true }],
    options: [
      { flags: '--job <key>' },
      { flags: '--copy <name>' },
      { flags: '--run <id>' },
      { flags: '--result <result>' },
      { flags: '--tool <name>' },
      { flags: '--started <time>' },
      { flags: '--ended <time>' },
      { flags: '--bytes <n>' },
      { flags: '--new-bytes <n>' },
      { flags: '--files <n>' },
      { flags: '--code <text>' },
      { flags: '--message <text>' },
      { flags: '--log-file <path>' },
      { flags: '--warn-exit-codes <codes>' },
      { flags: '--flush' },
    ],
    remote: true,
    input: inputSchema,
    async run(input, context) {
      const spool = spoolOf(deps, context);
      if (input.flush && input.job === undefined) return flushOnly(spool, context);
      const report =
        input.command.length > 0 ? await runAndDescribe(deps, input, context) : await describe(deps, input);
      return handIn({ report, spool, wrapped: input.command.length > 0 }, context);
    },
  });
}

/** One for each server: what one of them refused is no business of another. */
function spoolOf({ spoolFolder }: ReportCommandDeps, { globals }: Context): ReportSpool | undefined {
  const { server } = globals;
  return server === undefined ? undefined : openReportSpool(join(spoolFolder(globals), encodeURIComponent(server)));
}

async function describe({ now }: ReportCommandDeps, input: Input): Promise<Sent> {
  const { job, run, result, logFile } = input;
  if (job === undefined || run === undefined || result === undefined) {
    throw new KuraError('invalid', 'backups.report-incomplete');
  }
  const ended = input.ended ?? new Date(now()).toISOString();
  const log = logFile === undefined ? undefined : await readLogEnd(logFile);
  return {
    ...wordsOf(input),
    job,
    run,
    result,
    ...timesOf(input.started ?? ended, ended),
    ...withoutUndefined({ log }),
  };
}

async function runAndDescribe(deps: ReportCommandDeps, input: Input, { out, signal }: Context): Promise<Sent> {
  const { job, command } = input;
  if (job === undefined) throw new KuraError('invalid', 'backups.report-incomplete');
  const { environment, now } = deps;
  const started = new Date(now()).toISOString();
  const wish = { words: command, environment, folder: deps.folder(), onLine: (line: string) => out.note(line) };
  const { exitCode, log, output } = await runCommand(wish, signal);
  const tool = input.tool ?? toolOfCommand(command[0] ?? '');
  const warnCodes = (input.warnExitCodes ?? '').split(',').flatMap((code) => (code === '' ? [] : [Number(code)]));
  const result = resultOfRun({ tool, warnCodes }, { exitCode, log });
  const lastLine = log.trim().split('\n').at(-1);
  return {
    ...measureOutput(output),
    ...wordsOf({ ...input, tool }),
    job,
    run: input.run ?? `${hostname()} ${started}`,
    result,
    ...timesOf(started, new Date(now()).toISOString()),
    code: input.code ?? `exit ${exitCode ?? 'signal'}`,
    log: logEnd(log),
    ...withoutUndefined({ message: input.message ?? (result === 'success' ? undefined : lastLine?.slice(0, 2000)) }),
  };
}

function wordsOf({ copy, tool, bytes, newBytes, files, code, message }: Input) {
  return { host: hostname(), ...withoutUndefined({ copy, tool, bytes, newBytes, files, code, message }) };
}

function timesOf(startedAt: string, endedAt: string) {
  return { startedAt, endedAt };
}

interface HandIn {
  readonly report: Sent;
  readonly spool: ReportSpool | undefined;
  readonly wrapped: boolean;
}

async function handIn({ report, spool, wrapped }: HandIn, context: Context): Promise<number> {
  const { call, out, translator } = context;
  let answer: contract.ReportAnswer;
  try {
    answer = await call(contract.reportRun, { body: report });
  } catch (error) {
    if (spool === undefined || !mayPass(error)) throw error;
    await spool.keep(report);
    const waiting = await spool.waiting();
    out.warn(translator.text('cli.backups.report.kept', { waiting, reason: wordsFor(error, translator) }));
    out.result({ state: 'kept', job: report.job, run: report.run, waiting }, () => '');
    return wrapped ? exitCodeOf(report.result) : exitCodes.partlyDone;
  }
  out.result(answer, () => renderAnswer(answer, report.result, translator));
  if (spool !== undefined) await flushKept(spool, context);
  if (wrapped) return exitCodeOf(report.result);
  return answer.state === 'unclaimed' ? exitCodes.partlyDone : exitCodes.done;
}

/** This report was taken: trouble with those of before is no trouble of its own. */
async function flushKept(spool: ReportSpool, context: Context): Promise<void> {
  try {
    await flush(spool, context);
  } catch (error) {
    const { out, translator } = context;
    out.warn(translator.text('cli.backups.report.not-flushed', { reason: wordsFor(error, translator) }));
  }
}

function exitCodeOf(result: contract.ReportResult): number {
  if (result === 'success') return exitCodes.done;
  return result === 'warning' ? exitCodes.partlyDone : exitCodes.failed;
}

/** A server that is away or busy, and a key that somebody has to mend; what it refused for its contents stays refused. */
function mayPass(error: unknown): boolean {
  if (error instanceof ApiProblem)
    return [401, 403, 408, 429].includes(error.problem.status) || error.problem.status >= 500;
  return isKuraError(error)
    ? error.kind === 'unavailable'
    : error instanceof Error && /: HTTP 5\d\d$/.test(error.message);
}

function wordsFor(error: unknown, translator: Translator): string {
  if (isKuraError(error)) return describeError(error, translator).title;
  return error instanceof Error ? error.message : String(error);
}

async function flushOnly(spool: ReportSpool | undefined, context: Context): Promise<number> {
  if (spool === undefined) throw new KuraError('invalid', 'backups.report-flush-local');
  const flushed = await flush(spool, context);
  context.out.result(flushed, () => context.translator.text('cli.backups.report.flushed', { ...flushed }));
  return flushed.refused > 0 ? exitCodes.partlyDone : exitCodes.done;
}

async function flush(spool: ReportSpool, { call, out, translator }: Context) {
  const flushed = await spool.flush(async (reports) => (await call(contract.reportRuns, { body: { reports } })).items);
  if (flushed.refused > 0) out.warn(translator.text('cli.backups.report.put-aside', { refused: flushed.refused }));
  return flushed;
}
