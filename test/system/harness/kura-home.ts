/** A data directory in a temporary folder, and commands on it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { databaseCheck, documentOf, succeeded } from './answers.ts';
import { type KuraOptions, type KuraProcess, type KuraResult, runKura, startKura } from './kura-process.ts';

export interface KuraHome extends AsyncDisposable {
  readonly path: string;
  /** A place beside the data directory, removed with it. */
  beside(...names: readonly string[]): string;
  start(args: readonly string[], options?: KuraOptions): KuraProcess;
  run(args: readonly string[], options?: KuraOptions): Promise<KuraResult>;
}

/** `environment` holds for every command; the data directory itself is made by the first. */
export async function createHome(environment: Readonly<Record<string, string>> = {}): Promise<KuraHome> {
  const folder = await mkdtemp(join(tmpdir(), 'kura-system-'));
  const path = join(folder, 'home');
  function complete(args: readonly string[], options: KuraOptions = {}): [readonly string[], KuraOptions] {
    return [[...args, '--home', path], { ...options, environment: { ...environment, ...options.environment } }];
  }
  return {
    path,
    beside: (...names) => join(folder, ...names),
    start: (args, options) => startKura(...complete(args, options)),
    run: (args, options) => runKura(...complete(args, options)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** `kura db check` finds nothing wrong. */
export async function assertDatabaseSound(home: KuraHome): Promise<void> {
  const checked = succeeded(await home.run(['db', 'check', '--json']));
  assert.deepEqual(documentOf(checked, databaseCheck).findings, []);
}
