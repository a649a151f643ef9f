/** A list as a database file of SQLite, for programs that ask questions of it. Nothing of Kura's own database is in it. */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { Cell } from '#kernel/csv';

export interface ListTable {
  /** Names of our own; they stand in the statement as they are. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly Cell[]>;
}

/** The bytes of the file, made in a folder of its own that is removed at the end. */
export async function* writeListDatabase(list: ListTable): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'kura-list-'));
  try {
    const path = join(folder, 'list.sqlite');
    await fill(path, list);
    for await (const bytes of createReadStream(path)) yield bytes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(path: string, { table, columns, rows }: ListTable): Promise<void> {
  using database = new DatabaseSync(path);
  // It is thrown away if anything fails, so nothing has to survive a crash.
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
  database.exec(`CREATE TABLE "${table}" (${columns.map((name) => `"${name}"`).join(', ')})`);
  const insert = database.prepare(`INSERT INTO "${table}" VALUES (${columns.map(() => '?').join(', ')})`);
  database.exec('BEGIN');
  for await (const row of rows) insert.run(...row);
  database.exec('COMMIT');
}
