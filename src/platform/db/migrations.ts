/** One list of forward migrations for both databases: recorded, checked against the record, applied all or nothing. */
import { createHash } from 'node:crypto';

import { type Kysely, sql } from 'kysely';

import { type Clock, nowInstant } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';

import { columnTypes, createTable } from './columns.ts';
import type { Dialect, ReadTables } from './tables.ts';
import { tablesOf } from './transactions.ts';

export interface Migration {
  /** `module-0001-what-it-does`; numbers rise within a module, and a released id never changes. */
  readonly id: string;
  /** Runs inside the migration's transaction; on SQLite foreign keys are checked once at its end. */
  up(db: Kysely<unknown>, dialect: Dialect): Promise<void>;
}

export interface MigrationReport {
  /** Ids applied now, in order. */
  readonly applied: readonly string[];
  /** The verified copy made before; absent when nothing had to be done or there was nothing to lose. */
  readonly snapshot?: string;
}

interface MigrationTables {
  kura_migrations: { id: string; checksum: string; applied_at: string };
}

export interface MigrationState {
  readonly recorded: readonly { readonly id: string; readonly checksum: string }[];
  readonly pending: readonly Migration[];
}

/** Any number, the same for every Kura, so that two programs starting at once do not migrate at once. */
const POSTGRES_LOCK = 4_870_115_061;

/** What is recorded and what is still to do. @throws KuraError when record and list do not belong together. */
export async function readMigrationState(
  db: ReadTables<unknown>,
  dialect: Dialect,
  migrations: readonly Migration[],
): Promise<MigrationState> {
  const checksums = checksumsOf(migrations);
  const recorded = (await hasRecord(db, dialect)) ? await recordOf(db) : [];
  const unknown = recorded.filter(({ id }) => !checksums.has(id));
  if (unknown.length > 0) {
    const ids = unknown.map(({ id }) => id).join(', ');
    throw new KuraError('conflict', 'db.newer-than-program', { params: { ids } });
  }
  const changed = recorded.find(({ id, checksum }) => checksums.get(id) !== checksum);
  if (changed !== undefined) throw new KuraError('internal', 'db.migration-changed', { params: { id: changed.id } });
  const done = new Set(recorded.map(({ id }) => id));
  return { recorded, pending: migrations.filter(({ id }) => !done.has(id)) };
}

export interface ApplyMigrations {
  readonly kysely: Kysely<unknown>;
  readonly dialect: Dialect;
  readonly clock: Clock;
  readonly migrations: readonly Migration[];
  /** Named in the error, so that whoever reads it can go back. */
  readonly snapshot: string | undefined;
}

/** One transaction holds the lock, all pending migrations and their record: a failure leaves what was there. */
export async function applyMigrations(options: ApplyMigrations): Promise<readonly string[]> {
  const { kysely, dialect, migrations } = options;
  return kysely.transaction().execute(async (db) => {
    if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${POSTGRES_LOCK})`.execute(db);
    const { pending } = await readMigrationState(db, dialect, migrations);
    if (pending.length === 0) return [];
    await createRecord(db, dialect);
    for (const migration of pending) await applyOne(db, migration, options);
    return pending.map(({ id }) => id);
  });
}

async function applyOne(db: Kysely<unknown>, migration: Migration, options: ApplyMigrations): Promise<void> {
  const { dialect, snapshot, clock, migrations } = options;
  try {
    await migration.up(db, dialect);
    if (dialect === 'sqlite') await assertForeignKeys(db);
  } catch (error) {
    const params = { id: migration.id, snapshot: snapshot ?? '-', reason: reasonOf(error) };
    throw new KuraError('internal', 'db.migration-failed', { params, cause: error });
  }
  const checksum = checksumsOf(migrations).get(migration.id) ?? '';
  await tablesOf<MigrationTables>(db)
    .insertInto('kura_migrations')
    .values({ id: migration.id, checksum, applied_at: nowInstant(clock) })
    .execute();
}

async function createRecord(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'kura_migrations')
    .ifNotExists()
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('checksum', type.text, (column) => column.notNull())
    .addColumn('applied_at', type.instant, (column) => column.notNull())
    .execute();
}

async function hasRecord(db: ReadTables<unknown>, dialect: Dialect): Promise<boolean> {
  const found =
    dialect === 'sqlite'
      ? await sql`select name from sqlite_schema where name = 'kura_migrations'`.execute(db)
      : await sql`select 1 where to_regclass('kura_migrations') is not null`.execute(db);
  return found.rows.length > 0;
}

async function recordOf(db: ReadTables<unknown>): Promise<MigrationState['recorded']> {
  const found = await sql<{ id: string; checksum: string }>`select id, checksum from kura_migrations`.execute(db);
  return found.rows;
}

async function assertForeignKeys(db: Kysely<unknown>): Promise<void> {
  const broken = await sql<{ table: string }>`pragma foreign_key_check`.execute(db);
  const tables = new Set(broken.rows.map(({ table }) => table));
  if (tables.size > 0) throw new Error(`foreign keys do not hold in ${[...tables].join(', ')}`);
}

/**
 * Per id, a hash over it and all earlier ids of its module: a migration slipped in before a released one, or one
 * renamed, no longer matches the record. (A hash of the code would also object to its formatting.)
 */
function checksumsOf(migrations: readonly Migration[]): ReadonlyMap<string, string> {
  const checksums = new Map<string, string>();
  const last = new Map<string, { readonly id: string; readonly checksum: string }>();
  for (const { id } of migrations) {
    const module = /^([a-z][a-z-]*)-\d{4}-[a-z0-9-]+$/.exec(id)?.[1];
    const before = last.get(module ?? '');
    if (module === undefined || (before !== undefined && before.id >= id)) {
      throw new KuraError('internal', 'db.migration-misnamed', { params: { id } });
    }
    const checksum = createHash('sha256')
      .update(`${before?.checksum ?? ''}\n${id}`)
      .digest('hex');
    last.set(module, { id, checksum });
    checksums.set(id, checksum);
  }
  return checksums;
}

function reasonOf(error: unknown): string {
  if (isKuraError(error)) return error.code;
  return error instanceof Error ? error.message : String(error);
}
