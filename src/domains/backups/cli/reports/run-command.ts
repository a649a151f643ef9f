/** Runs somebody's backup command as it is, lets people see what it says, and measures it. */
import { delimiter } from 'node:path';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

import { KuraError } from '#kernel/errors';
import { KIB, SECOND } from '#kernel/units';
import { findProgram, hearProgram } from '#platform/processes';

export interface CommandWish {
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Hears each line of either stream. */
  readonly onLine: (line: string) => void;
}

export interface CommandEnd {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  /** The end of what it said on both streams. */
  readonly log: string;
  /** The end of what it said on standard output. */
  readonly output: string;
}

/** What the result is judged by: a tool tells early what it passed over. It bounds a single line, too. */
const keptLog = 64 * KIB;
/** A summary stands at the end, but may be long. */
const keptOutput = 256 * KIB;

/** @throws KuraError unavailable `backups.report-program-missing`, `processes.not-started` */
export async function runCommand(wish: CommandWish, signal: AbortSignal): Promise<CommandEnd> {
  const [name = '', ...args] = wish.words;
  const folders = (wish.environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const program = await findProgram(name, folders);
  if (program === undefined) {
    throw new KuraError('unavailable', 'backups.report-program-missing', { params: { program: name } });
  }
  const environment = handedOn(wish.environment);
  const ending = { by: 'SIGINT', graceMs: 20 * SECOND } as const;
  let log = '';
  let output = '';
  const { exitCode } = await hearProgram(
    { program, args, environment, folder: wish.folder, ending },
    async ({ stdout, stderr }) =>
      Promise.all([
        eachLine(stdout, (line) => {
          log = `${log}${line}\n`.slice(-keptLog);
          output = `${output}${line}\n`.slice(-keptOutput);
          wish.onLine(line);
        }),
        eachLine(stderr, (line) => {
          log = `${log}${line}\n`.slice(-keptLog);
          wish.onLine(line);
        }),
      ]),
    signal,
  );
  return { exitCode: exitCode ?? undefined, log, output };
}

/** What opens Kura is none of the command's business. */
const ours = /^KURA_(?:API_KEY|ADMIN_|MASTER_)/;

function handedOn(environment: CommandWish['environment']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || ours.test(name) ? [] : [[name, value]],
    ),
  );
}

async function eachLine(stream: Readable, hear: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.write(chunk as Buffer)).split(/\r?\n/);
    rest = (lines.pop() ?? '').slice(-keptLog);
    for (const line of lines) hear(line);
  }
  rest += decoder.end();
  if (rest !== '') hear(rest);
}
