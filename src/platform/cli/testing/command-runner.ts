import { Writable } from 'node:stream';

import type { Catalogues, Language } from '#kernel/messages';
import { en as kernelEn } from '#kernel/messages/en';
import { ja as kernelJa } from '#kernel/messages/ja';
import { type Command, cliMessages, runCommandLine } from '#platform/cli';
import type { RouteHandler } from '#platform/http';
import { callAsTester } from '#platform/http/testing';
import { createTranslators, type Translator } from '#platform/i18n';

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

export interface CommandRunner {
  readonly translators: Readonly<Record<Language, Translator>>;
  readonly runCommand: <Services>(
    commands: readonly Command<Services>[],
    argv: readonly string[],
    options?: RunOptions<Services>,
  ) => Promise<CommandRun>;
}

/**
 * Runs commands as the command line would, in this process, and catches what they print; `catalogues` are the messages
 * beyond those of the kernel and the command line itself.
 */
export function createCommandRunner(catalogues: readonly Catalogues[]): CommandRunner {
  const translators = createTranslators([
    { en: { ...kernelEn, cli: 'kura' }, ja: { ...kernelJa, cli: 'kura' } },
    cliMessages,
    ...catalogues,
  ]);
  return {
    translators,
    async runCommand(commands, argv, { open, language = 'en', handlers = [], onOutput, signal } = {}) {
      const printed = { stdout: '', stderr: '' };
      const code = await runCommandLine({
        argv,
        commands,
        translators,
        version: '0',
        language,
        streams: { stdout: sink(printed, 'stdout', onOutput), stderr: sink(printed, 'stderr', undefined) },
        now: () => 0,
        signal: signal ?? new AbortController().signal,
        connect: (globals) => ({
          open: open ?? neverOpened,
          call: (route, input) => callAsTester(handlers, route, input, { language: globals.language, signal }),
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
    },
  };
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
