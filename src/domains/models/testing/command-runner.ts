/** Runs commands as the command line would, in this process, and catches what they print. */
import { Writable } from 'node:stream';

import { civitaiMessages } from '#engines/civitai';
import { modelscanMessages } from '#engines/modelscan';
import { transferMessages } from '#engines/transfer';
import type { Language } from '#kernel/messages';
import { en as kernelEn } from '#kernel/messages/en';
import { ja as kernelJa } from '#kernel/messages/ja';
import { localCaller } from '#platform/access';
import { type Command, cliMessages, runCommandLine } from '#platform/cli';
import { callInProcess, type RouteHandler } from '#platform/http';
import { createTranslators } from '#platform/i18n';
import { outboundMessages } from '#platform/outbound';

import { modelsMessages } from '../index.ts';

export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as one JSON object per line. */
  readonly events: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

export interface RunOptions<Services> {
  readonly open?: () => Promise<Services>;
  readonly language?: Language;
  readonly signal?: AbortSignal;
  /** Answer what the command calls. */
  readonly handlers?: readonly RouteHandler[];
  /** Hears standard output as it is written. */
  readonly onOutput?: (text: string) => void;
}

export const translators = createTranslators([
  { en: { ...kernelEn, cli: 'kura' }, ja: { ...kernelJa, cli: 'kura' } },
  cliMessages,
  civitaiMessages,
  modelscanMessages,
  transferMessages,
  modelsMessages,
  outboundMessages,
]);

export async function runCommand<Services>(
  commands: readonly Command<Services>[],
  argv: readonly string[],
  options: RunOptions<Services> = {},
): Promise<CommandRun> {
  const printed = { stdout: '', stderr: '' };
  const code = await runCommandLine({
    argv,
    commands,
    translators,
    version: '0',
    language: options.language ?? 'en',
    streams: { stdout: sink(printed, 'stdout', options.onOutput), stderr: sink(printed, 'stderr', undefined) },
    now: () => 0,
    signal: options.signal ?? new AbortController().signal,
    connect: () => ({
      open: options.open ?? neverOpened,
      call: async (route, input) => callInProcess(options.handlers ?? [], route, input, requestOf(options)),
      logError: () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    }),
  });
  return {
    code,
    ...printed,
    get events() {
      return printed.stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    },
  };
}

function requestOf<Services>({ language = 'en', signal = new AbortController().signal }: RunOptions<Services>) {
  const reply = { header: () => undefined };
  return { caller: localCaller('test'), session: undefined, language, requestId: 'test', nonce: '', signal, reply };
}

async function neverOpened(): Promise<never> {
  throw new Error('this command must not open the data directory');
}

function sink(
  printed: { stdout: string; stderr: string },
  name: 'stdout' | 'stderr',
  hear: ((text: string) => void) | undefined,
): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      printed[name] += chunk.toString();
      hear?.(chunk.toString());
      done();
    },
  });
}
