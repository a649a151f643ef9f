/** `kura db check`: looks for damage and says what it found; it mends nothing. */
import { sql } from 'kysely';

import { isKuraError, type MessageParams } from '#kernel/errors';
import { type Migration, readMigrationState } from './migrations.ts';
import { integrityFaults } from './sqlite-integrity.ts';
import type { Dialect, Reads, ReadTables } from './tables.ts';

export interface DatabaseFinding {
  /** Message key, `module.finding-…`. */
  readonly code: string;
  readonly params: MessageParams;
}

/** A module's own look at its tables, run with the others. */
export interface DatabaseProbe {
  find(reads: Reads): Promise<readonly DatabaseFinding[]>;
}

export interface CheckOptions {
  readonly migrations?: readonly Migration[];
  readonly probes?: readonly DatabaseProbe[];
}

export async function checkDatabase(
  reads: Reads,
  { migrations = [], probes = [] }: CheckOptions,
): Promise<readonly DatabaseFinding[]> {
  const { dialect } = reads;
  const db = reads.tables<unknown>();
  const looks: readonly Look[] = [
    () => (dialect === 'sqlite' ? checkSqlite(db) : checkPostgres(db)),
    () => checkMigrations(db, dialect, migrations),
    ...probes.map((probe) => () => probe.find(reads)),
  ];
  const found: DatabaseFinding[] = [];
  for (const look of looks) found.push(...(await findings(look)));
  return found;
}

type Look = () => Promise<readonly DatabaseFinding[]>;

/** Damage that keeps a look from its end is what it has found. */
async function findings(look: Look): Promise<readonly DatabaseFinding[]> {
  try {
    return await look();
  } catch (error) {
    if (!isKuraError(error) || error.code !== 'db.damaged') throw error;
    return [{ code: 'db.finding-structure', params: { detail: error.params['reason'] } }];
  }
}

async function checkSqlite(db: ReadTables<unknown>): Promise<DatabaseFinding[]> {
  const structure = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  const broken = await sql<{ table: string; rowid: number | null; parent: string }>`pragma foreign_key_check`.execute(
    db,
  );
  return [
    ...integrityFaults(structure.rows.map((row) => row.integrity_check)).map((detail) => ({
      code: 'db.finding-structure',
      params: { detail },
    })),
    ...broken.rows.map(({ table, rowid, parent }) => ({
      code: 'db.finding-foreign-key',
      params: { table, row: rowid ?? '?', parent },
    })),
  ];
}

/** PostgreSQL keeps its own structure; what can be left behind are indexes and constraints that do not hold. */
async function checkPostgres(db: ReadTables<unknown>): Promise<DatabaseFinding[]> {
  const invalid = await sql<{ name: string }>`
    select indexrelid::regclass::text as name from pg_index where not indisvalid
    union all
    select conname::text from pg_constraint where not convalidated`.execute(db);
  return invalid.rows.map(({ name }) => ({ code: 'db.finding-structure', params: { detail: name } }));
}

async function checkMigrations(
  db: ReadTables<unknown>,
  dialect: Dialect,
  migrations: readonly Migration[],
): Promise<DatabaseFinding[]> {
  if (migrations.length === 0) return [];
  const { pending } = await readMigrationState(db, dialect, migrations);
  return pending.map(({ id }) => ({ code: 'db.finding-migration-missing', params: { id } }));
}
