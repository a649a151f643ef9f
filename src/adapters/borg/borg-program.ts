/** Runs borg once: its environment, its words, and what its end means. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import {
  type EngineCall,
  type EnginePlace,
  engineFailed,
  engineMissing,
  enginePassphraseWrong,
  engineRepositoryLocked,
  engineRepositoryMissing,
} from '#backups/ports';
import type { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import { findProgram, plainEnvironment, readProgram } from '#platform/processes';

import { type BorgLine, readLine } from './borg-answers.ts';

export interface BorgDeps {
  /** Folder of this installation for what borg remembers: caches and what it knows of repositories. */
  readonly baseFolder: string;
  /** Variables of this process; only what every program needs is handed on. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface BorgRun {
  readonly args: readonly string[];
  /** Default: the root of the file system. */
  readonly folder?: string;
  readonly onOutput?: (line: string) => void;
  /** Lines of its log, read. */
  readonly onLog?: (line: BorgLine) => void;
  /** Whether an end that is neither good nor a warning is the caller's to judge, from the log. */
  readonly accept?: (log: readonly BorgLine[]) => boolean;
}

export type BorgEnd = 'done' | 'warning' | 'accepted';

/** borg writes a checkpoint and removes its lock. */
const ending = { by: 'SIGINT', graceMs: 20 * SECOND } as const;
/** A backup that starts while another one ends waits for it. */
const LOCK_WAIT_SECONDS = 30;
const LAST_LINES = 20;

/** @throws KuraError as `BackupEngine` says */
export async function runBorg(deps: BorgDeps, call: EngineCall, run: BorgRun): Promise<BorgEnd> {
  const program = await findProgram('borg');
  if (program === undefined) throw engineMissing('borg');
  await mkdir(deps.baseFolder, { recursive: true, mode: 0o700 });
  const log: BorgLine[] = [];
  const [command = '', ...words] = run.args;
  const { exitCode, signal: by } = await readProgram(
    {
      program,
      args: [command, '--log-json', `--lock-wait=${LOCK_WAIT_SECONDS}`, ...limitsOf(call.place), ...words],
      environment: environmentOf(deps, call.place),
      folder: run.folder ?? '/',
      ending,
      onOutput: (line) => run.onOutput?.(line),
      onComplaint(text) {
        const line = readLine(text);
        run.onLog?.(line);
        if (line.kind !== 'log') return;
        log.push(line);
        if (log.length > LAST_LINES) log.shift();
        call.onLine(line.message);
      },
    },
    call.signal,
  );
  if (exitCode === 0) return 'done';
  if (run.accept?.(log) === true) return 'accepted';
  if (isWarning(exitCode)) return 'warning';
  throw failureOf(call.place, exitCode ?? by ?? '', log);
}

/** 1 in old and new numbering, 100 to 127 in the new one. */
function isWarning(code: number | null): boolean {
  return code === 1 || (code !== null && code >= 100 && code < 128);
}

function limitsOf({ uploadKib }: EnginePlace): readonly string[] {
  return uploadKib === undefined ? [] : [`--upload-ratelimit=${uploadKib}`];
}

/** The repository is no word of the command: it must never be taken for an option. */
function environmentOf(deps: BorgDeps, { repository, passphrase, environment }: EnginePlace) {
  return {
    ...plainEnvironment(deps.environment),
    ...environment,
    BORG_REPO: repository,
    BORG_PASSPHRASE: passphrase ?? '',
    BORG_DISPLAY_PASSPHRASE: 'no',
    BORG_BASE_DIR: deps.baseFolder,
    BORG_CACHE_DIR: join(deps.baseFolder, 'cache'),
    BORG_EXIT_CODES: 'modern',
    // Nobody is there to be asked; whether it is the right repository Kura knows by its id.
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
    BORG_RELOCATED_REPO_ACCESS_IS_OK: 'yes',
    BORG_RSH: 'ssh -o BatchMode=yes',
    // Its times carry no zone: they are those of this variable.
    TZ: 'UTC',
  };
}

const missing = new Set(['Repository.DoesNotExist', 'Repository.InvalidRepository', 'Archive.DoesNotExist']);
const passphrase = new Set(['PassphraseWrong', 'NoPassphraseFailure', 'PasscommandFailure']);
const locked = new Set(['LockTimeout', 'LockFailed', 'LockError', 'LockErrorT', 'NotLocked']);

/** By the identifiers of its messages, which are the same with old and new exit codes. */
function failureOf({ repository }: EnginePlace, code: number | string, log: readonly BorgLine[]): KuraError {
  const place = { tool: 'borg', repository } as const;
  const errors = log.filter(({ level }) => level === 'ERROR' || level === 'CRITICAL');
  const holder = errors.find(({ id }) => locked.has(id));
  if (errors.some(({ id }) => passphrase.has(id))) return enginePassphraseWrong(place);
  if (errors.some(({ id }) => missing.has(id))) return engineRepositoryMissing(place);
  if (holder !== undefined) return engineRepositoryLocked(place, holder.message);
  return engineFailed(place, code, (errors.at(-1) ?? log.at(-1))?.message ?? '');
}
