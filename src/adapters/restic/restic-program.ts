/** Runs restic once: its environment, its words, and what its end means. */
import { mkdir } from 'node:fs/promises';

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

export interface ResticDeps {
  /** Folder of this installation for what restic remembers between runs. */
  readonly cacheFolder: string;
  /** Variables of this process; only what every program needs is handed on. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface ResticRun {
  readonly args: readonly string[];
  /** Default: the root of the file system. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly onOutput: (line: string) => void;
  /** A line of standard error that is not meant for people alone: errors are told as JSON by newer versions. */
  readonly onComplaint?: (line: string) => void;
  /** Whether an end with another code than 0 is the caller's to judge, from the code and the last words. */
  readonly accept?: (code: number, words: string) => boolean;
}

/**
 * restic removes its lock and tells what it stored. That takes a while with a slow server, and where uploads are limited:
 * the lock goes the way they go, and they may hold every connection. What is killed then leaves a stale lock behind, which
 * the next run takes away.
 */
const ending = { by: 'SIGINT', graceMs: 20 * SECOND } as const;
/** Of what it says on standard error, so many lines of the end are kept to tell why it failed. */
const LAST_LINES = 20;

/** Its exit code: 0, or one that `accept` took. @throws KuraError as `BackupEngine` says */
export async function runRestic(deps: ResticDeps, call: EngineCall, run: ResticRun): Promise<number> {
  const program = await findProgram('restic');
  if (program === undefined) throw engineMissing('restic');
  await mkdir(deps.cacheFolder, { recursive: true, mode: 0o700 });
  const words: string[] = [];
  const { exitCode, signal: by } = await readProgram(
    {
      program,
      args: [...limitsOf(call.place), ...run.args],
      environment: { ...environmentOf(deps, call.place), ...run.environment },
      folder: run.folder ?? '/',
      ending,
      onOutput: run.onOutput,
      onComplaint(line) {
        run.onComplaint?.(line);
        words.push(line);
        if (words.length > LAST_LINES) words.shift();
        call.onLine(line);
      },
    },
    call.signal,
  );
  const text = words.map(sentenceOf).join('\n');
  if (exitCode === 0 || (exitCode !== null && run.accept?.(exitCode, text) === true)) return exitCode;
  throw failureOf(call.place, exitCode ?? by ?? '', text);
}

function limitsOf({ uploadKib, downloadKib }: EnginePlace): readonly string[] {
  return [
    ...(uploadKib === undefined ? [] : [`--limit-upload=${uploadKib}`]),
    ...(downloadKib === undefined ? [] : [`--limit-download=${downloadKib}`]),
  ];
}

/** The repository is no word of the command: it may hold a login, and must never be taken for an option. */
function environmentOf(deps: ResticDeps, { repository, passphrase, environment }: EnginePlace) {
  return {
    ...plainEnvironment(deps.environment),
    ...environment,
    RESTIC_REPOSITORY: repository,
    RESTIC_PASSWORD: passphrase ?? '',
    RESTIC_CACHE_DIR: deps.cacheFolder,
    // Progress once a second; without a terminal the default is none at all.
    RESTIC_PROGRESS_FPS: '1',
  };
}

/** Codes since 0.17 and the sentences of older versions; what nobody knows is a failure (restic's manual: MUST). */
function failureOf({ repository }: EnginePlace, code: number | string, text: string): KuraError {
  const place = { tool: 'restic', repository } as const;
  if (code === 12 || /wrong password or no key found|an empty password is not a password/i.test(text)) {
    return enginePassphraseWrong(place);
  }
  if (code === 10 || /is there a repository at the following location|unable to open config file/i.test(text)) {
    return engineRepositoryMissing(place);
  }
  if (code === 11 || /already locked|unable to create lock/i.test(text)) {
    return engineRepositoryLocked(place, firstOf(text, /already locked.*/i) ?? text);
  }
  return engineFailed(
    place,
    code,
    firstOf(text, /^fatal:.*/im) ?? text.split('\n').findLast((line) => line !== '') ?? '',
  );
}

function firstOf(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text)?.[0];
}

/** Since 0.17 errors are JSON objects with the sentence inside. */
function sentenceOf(line: string): string {
  return /"message":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line.trim();
}
