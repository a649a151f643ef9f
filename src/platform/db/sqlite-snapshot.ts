/** Online copies of a SQLite database through its backup interface, verified before they get their name. */
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';

import { KuraError } from '#kernel/errors';

import type { DatabaseSnapshot } from './database.ts';
import { integrityFaults } from './sqlite-integrity.ts';

export async function snapshotSqlite(source: string, path: string): Promise<DatabaseSnapshot> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  await rm(part, { force: true });
  try {
    await copyPages(source, part);
    verify(part);
    await sync(part);
    await rename(part, path);
    await sync(dirname(path));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return { path, sizeBytes: (await stat(path)).size };
}

async function copyPages(source: string, part: string): Promise<void> {
  using from = new DatabaseSync(source);
  // The open read transaction holds one state of the data; without it each write elsewhere restarts the copy.
  from.exec('begin');
  from.prepare('select count(*) from sqlite_schema').get();
  await backup(from, part, { rate: 1024 });
  from.exec('rollback');
}

/** Also turns the copy into a single file: the pages say WAL, and its side files would be left behind. */
function verify(part: string): void {
  using copy = new DatabaseSync(part);
  copy.exec('pragma journal_mode = delete');
  const answers = copy.prepare('pragma integrity_check').all();
  const faults = integrityFaults(answers.map((row) => String(row['integrity_check'])));
  if (faults.length > 0) throw new KuraError('mismatch', 'db.snapshot-damaged', { params: { reason: faults[0] } });
}

async function sync(path: string): Promise<void> {
  await using file = await open(path, 'r');
  await file.sync();
}
