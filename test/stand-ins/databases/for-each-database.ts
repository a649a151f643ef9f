import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';

import { systemClock, systemRandom } from '#kernel/clock';
import { type Database, type Dialect, type Migration, openDatabase } from '#platform/db';

import { freshPostgres } from './fresh-postgres.ts';

export interface TestDatabases {
  readonly dialect: Dialect;
  /** The address of a new, empty database. */
  freshUrl(): Promise<string>;
  /** A new database, migrated; closed by its `await using`, removed after the suite. */
  open(migrations?: readonly Migration[]): Promise<Database>;
}

/** Defines `suite` once per database; `KURA_TEST_DATABASES=sqlite` narrows it while working. */
export function forEachDatabase(suite: (databases: TestDatabases) => void): void {
  const wanted = (process.env['KURA_TEST_DATABASES'] ?? 'sqlite,postgres').split(',');
  if (wanted.includes('sqlite')) describe('on SQLite', () => suite(sqliteDatabases()));
  if (wanted.includes('postgres')) describe('on PostgreSQL', () => suite(databasesFrom('postgres', freshPostgres())));
}

function sqliteDatabases(): TestDatabases {
  const folders: string[] = [];
  after(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  return databasesFrom('sqlite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kura-sqlite-'));
    folders.push(folder);
    return `sqlite:${join(folder, 'kura.sqlite')}`;
  });
}

function databasesFrom(dialect: Dialect, freshUrl: () => Promise<string>): TestDatabases {
  return {
    dialect,
    freshUrl,
    open: async (migrations = []) => {
      const database = await openDatabase({ url: await freshUrl(), clock: systemClock, random: systemRandom });
      if (migrations.length > 0) await database.migrate(migrations);
      return database;
    },
  };
}
