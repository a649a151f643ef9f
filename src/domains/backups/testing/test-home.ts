/** A data directory of one test, removed with it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
