/** What copies of a PostgreSQL database need of the server: one moment that several can look at, and room to try one out. */
import { randomBytes } from 'node:crypto';

import { Kysely, PostgresDialect, sql } from 'kysely';

import type { Database } from './database.ts';
import { createPostgresPool } from './postgres-pool.ts';
import { countRows, type RowCounts } from './row-counts.ts';
import { tablesOf } from './transactions.ts';

export interface ExportedSnapshot {
  /** For `pg_dump --snapshot`, while `work` runs. */
  readonly id: string;
  /** At that moment. */
  readonly counts: RowCounts;
}

/** Others go on writing meanwhile; `work` sees none of it. */
export async function withExportedSnapshot<R>(
  url: string,
  work: (snapshot: ExportedSnapshot) => Promise<R>,
): Promise<R> {
  const pool = createPostgresPool({ url, readOnly: true });
  await using kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return await kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const { rows } = await sql<{ id: string }>`select pg_export_snapshot() as id`.execute(tx);
      const counts = await countRows({ dialect: 'postgres', tables: <T>() => tablesOf<T>(tx) });
      return await work({ id: rows[0]?.id ?? '', counts });
    });
}

/**
 * An empty database on the same server, gone when it is disposed of. The account needs the right to make databases.
 * @throws what the driver says
 */
export async function createScratchDatabase(url: string): Promise<{ readonly url: string } & AsyncDisposable> {
  const name = `kura_drill_${randomBytes(6).toString('hex')}`;
  await execute(url, `create database ${name}`);
  const scratch = new URL(url);
  scratch.pathname = `/${name}`;
  return {
    url: scratch.href,
    [Symbol.asyncDispose]: () => execute(url, `drop database if exists ${name} with (force)`),
  };
}

export async function isEmptyDatabase({ dialect, tables }: Pick<Database, 'dialect' | 'tables'>): Promise<boolean> {
  return Object.keys(await countRows({ dialect, tables })).length === 0;
}

/** Databases are made and dropped outside of transactions. */
async function execute(url: string, statement: string): Promise<void> {
  const pool = createPostgresPool({ url, readOnly: false });
  await using kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  await sql.raw(statement).execute(kysely);
}
