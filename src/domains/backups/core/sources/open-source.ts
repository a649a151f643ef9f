/** Opens sources that are no folders. Nothing of them is believed before their end has been heard. */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { SourceStream } from '#engines/vault';
import { KuraError, systemCode } from '#kernel/errors';
import { postgresVariables } from '#platform/processes';

import type { SqliteCopier } from '../../ports.ts';
import { openProgramStream } from './program-stream.ts';
import type { Source } from './source-kind.ts';

export interface SourceDeps {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly copySqlite: SqliteCopier;
  readonly warningCodes: readonly number[];
}

export async function openSource(
  source: Exclude<Source, { kind: 'folder' }>,
  deps: SourceDeps,
  signal: AbortSignal,
): Promise<SourceStream> {
  if (source.kind === 'sqlite') return await openSqlite(source.path, deps);
  const { environment, warningCodes } = deps;
  if (source.kind === 'postgres') {
    // A password comes from PGPASSWORD or ~/.pgpass. Not compressed: the vault finds what stayed the same.
    const args = ['--format=custom', '--compress=0', '--no-password'];
    const folder = '/';
    const wish = {
      program: 'pg_dump',
      args,
      environment: { ...environment, ...postgresVariables(source.url) },
      folder,
    };
    return await openProgramStream({ ...wish, warningCodes: [] }, signal);
  }
  const [program, ...args] = source.words;
  return await openProgramStream({ program, args, environment, folder: process.cwd(), warningCodes }, signal);
}

/** A verified copy of one state, also of a database in use; it needs as much room beside it for a while. */
async function openSqlite(path: string, { copySqlite }: SourceDeps): Promise<SourceStream> {
  await stat(path).catch((cause: unknown) => {
    if (systemCode(cause) !== 'ENOENT') throw cause;
    throw new KuraError('not-found', 'vault.source-missing', { params: { source: path }, cause });
  });
  const folder = await mkdtemp(join(tmpdir(), 'kura-sqlite-'));
  async function remove(): Promise<void> {
    await rm(folder, { recursive: true, force: true });
  }
  try {
    const copy = join(folder, 'copy');
    await copySqlite(path, copy);
    return {
      bytes: createReadStream(copy, { highWaterMark: 1 << 20 }),
      end: async () => undefined,
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw notCopied(error, path);
  }
}

function notCopied(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (code !== 'ERR_SQLITE_ERROR') return error;
  const reason = error instanceof Error ? error.message : '';
  return new KuraError('invalid', 'backups.source-not-sqlite', { params: { path, reason }, cause: error });
}
