/** Runs commands as the command line would, in this process, and catches what they print. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import { rule32110Messages } from '#engines/rule32110';
import { vaultMessages } from '#engines/vault';
import { en as kernelEn } from '#kernel/messages/en';
import { ja as kernelJa } from '#kernel/messages/ja';
import { accessMessages } from '#platform/access';
import { type Command, type Connection, cliMessages, runCommandLine } from '#platform/cli';
import { filesMessages } from '#platform/files';
import { createTranslators } from '#platform/i18n';

import { backupsMessages } from '../index.ts';

export interface TestHome extends AsyncDisposable {
  readonly path: string;
  at(...names: string[]): string;
}

export async function createTestHome(): Promise<TestHome> {
  const path = await mkdtemp(join(tmpdir(), 'kura-backups-'));
  return {
    path,
    at: (...names) => join(path, ...names),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const translators = createTranslators([
  { en: { ...kernelEn, cli: 'kura' }, ja: { ...kernelJa, cli: 'kura' } },
  accessMessages,
  cliMessages,
  filesMessages,
  vaultMessages,
  rule32110Messages,
  backupsMessages,
]);

export async function runCommand<Services>(
  commands: readonly Command<Services>[],
  argv: readonly string[],
  services?: Pick<Connection<Services>, 'open' | 'call'>,
): Promise<CommandRun> {
  const printed = { stdout: '', stderr: '' };
  const code = await runCommandLine({
    argv,
    commands,
    translators,
    version: '0',
    language: 'en',
    streams: { stdout: sink(printed, 'stdout'), stderr: sink(printed, 'stderr') },
    now: () => 0,
    signal: new AbortController().signal,
    connect: () => ({
      open: services?.open ?? neverOpened,
      call: services?.call ?? neverOpened,
      logError: () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    }),
  });
  return { code, ...printed };
}

async function neverOpened(): Promise<never> {
  throw new Error('this command must not open the data directory');
}

function sink(printed: { stdout: string; stderr: string }, name: 'stdout' | 'stderr'): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      printed[name] += chunk.toString();
      done();
    },
  });
}
