/** Runs rclone once: its environment, its words, and what its end means. */
import { mkdir } from 'node:fs/promises';

import {
  type EngineCall,
  type EnginePlace,
  engineFailed,
  engineMissing,
  engineRepositoryMissing,
} from '#backups/ports';
import type { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import { findProgram, plainEnvironment, readProgram } from '#platform/processes';

import { type RcloneLine, readLine } from './rclone-answers.ts';

export interface RcloneCopyDeps {
  /** Folder of this installation for what rclone remembers. */
  readonly cacheFolder: string;
  /** Variables of this process: rclone's own and what every program needs are handed on. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly newId: () => string;
}

export interface RcloneRun {
  readonly command: string;
  readonly flags?: readonly string[];
  /** Paths and remotes; never read as options. */
  readonly places: readonly string[];
  readonly stdin?: string | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  readonly onOutput?: (line: string) => void;
  readonly onLog?: (line: RcloneLine) => void;
  /** Whether an end with another code than 0 is the caller's to judge, from the errors told. */
  readonly accept?: (errors: readonly RcloneLine[]) => boolean;
}

const ending = { by: 'SIGINT', graceMs: 10 * SECOND } as const;
/** Folders need none, and a remote that is missing is told by another line. */
const noConfiguration = /^Config file .* not found - using defaults/;
const LAST_ERRORS = 1000;
/** 3: directory not found; 4: file not found. */
const absent = new Set<number | string>([3, 4]);

/** True for code 0. @throws KuraError as `BackupEngine` says */
export async function runRclone(deps: RcloneCopyDeps, call: EngineCall, run: RcloneRun): Promise<boolean> {
  const program = await findProgram('rclone');
  if (program === undefined) throw engineMissing('rclone');
  await mkdir(deps.cacheFolder, { recursive: true, mode: 0o700 });
  const errors: RcloneLine[] = [];
  const common = ['--use-json-log', '--stats=1s', '--stats-log-level=NOTICE', '--links', '--ask-password=false'];
  const { exitCode, signal: by } = await readProgram(
    {
      program,
      args: [run.command, ...common, ...limitsOf(call.place), ...(run.flags ?? []), '--', ...run.places],
      environment: { ...environmentOf(deps, call.place), ...run.environment },
      folder: '/',
      ending,
      stdin: run.stdin === undefined ? undefined : Buffer.from(run.stdin),
      onOutput: (line) => run.onOutput?.(line),
      onComplaint(text) {
        const line = readLine(text);
        run.onLog?.(line);
        if (line.stats !== undefined) return;
        if (line.level === 'error' && errors.length < LAST_ERRORS) errors.push(line);
        if (line.level !== 'info' && !noConfiguration.test(line.message)) call.onLine(line.message);
      },
    },
    call.signal,
  );
  if (exitCode === 0) return true;
  if (run.accept?.(errors) === true) return false;
  throw failureOf(call.place, exitCode ?? by ?? '', errors);
}

function limitsOf({ uploadKib, downloadKib }: EnginePlace): readonly string[] {
  if (uploadKib === undefined && downloadKib === undefined) return [];
  return [`--bwlimit=${rate(uploadKib)}:${rate(downloadKib)}`];
}

function rate(kib: number | undefined): string {
  return kib === undefined ? 'off' : `${kib}K`;
}

function environmentOf(deps: RcloneCopyDeps, { environment }: EnginePlace) {
  const own = Object.entries(deps.environment).flatMap(([name, value]) =>
    value !== undefined && name.startsWith('RCLONE_') ? [[name, value] as const] : [],
  );
  return {
    ...plainEnvironment(deps.environment),
    ...Object.fromEntries(own),
    ...environment,
    RCLONE_CACHE_DIR: deps.cacheFolder,
  };
}

function failureOf({ repository }: EnginePlace, code: number | string, errors: readonly RcloneLine[]): KuraError {
  const place = { tool: 'rclone', repository } as const;
  const text = errors.map(({ message }) => message).join('\n');
  if (absent.has(code) || /directory not found|object not found|didn't find section in config/i.test(text)) {
    return engineRepositoryMissing(place);
  }
  return engineFailed(place, code, errors.at(-1)?.message ?? '');
}
