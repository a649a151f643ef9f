/** Opens SQLite or PostgreSQL behind one interface. */
import { mkdir, open } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';

import { HandleEmptyInListsPlugin, Kysely, PostgresDialect, replaceWithNoncontingentExpression, sql } from 'kysely';

import { type Clock, nowInstant, type Random } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';

import { checkDatabase } from './check-database.ts';
import { retryCollisions } from './collision-retry.ts';
import type { Database } from './database.ts';
import { applyMigrations, type Migration, type MigrationReport, readMigrationState } from './migrations.ts';
import { createPostgresPool } from './postgres-pool.ts';
import { sqliteReaderDialect, sqliteWriterDialect } from './sqlite-dialect.ts';
import { openSqliteHandle, type SqliteHandle } from './sqlite-handle.ts';
import { snapshotSqlite } from './sqlite-snapshot.ts';
import type { Dialect, ReadTables } from './tables.ts';
import { runTransaction, tablesOf } from './transactions.ts';

export interface OpenDatabase {
  /** `sqlite:/absolute/path` (made when missing) or `postgres://user:password@host:port/name`. */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** Nothing is in an empty list: SQLite says so itself, PostgreSQL takes `in ()` for a fault. */
const plugins = [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })];

/** @throws KuraError `db.bad-url`, `db.cannot-open`. */
export async function openDatabase(options: OpenDatabase): Promise<Database> {
  const path = sqlitePath(options.url);
  try {
    return path === undefined ? await openPostgres(options) : await openSqlite(options, path);
  } catch (error) {
    if (isKuraError(error)) throw error;
    throw new KuraError('unavailable', 'db.cannot-open', {
      params: {
        where: path ?? withoutPassword(options.url),
        reason: error instanceof Error ? error.message : String(error),
      },
      cause: error,
    });
  }
}

interface Engine extends OpenDatabase {
  readonly dialect: Dialect;
  readonly reader: Kysely<unknown>;
  readonly writer: Kysely<unknown>;
  readonly migrate: (migrations: readonly Migration[], snapshotFolder: string | undefined) => Promise<MigrationReport>;
  readonly snapshot: Database['snapshot'];
  readonly close: () => Promise<void>;
}

function databaseOn(engine: Engine): Database {
  const { dialect, reader, writer, clock, random } = engine;
  const reads = { dialect, tables: <T>(): ReadTables<T> => tablesOf<T>(reader) };
  return {
    ...reads,
    transaction: (work, options) => runTransaction({ dialect, kysely: writer, clock, random }, work, options),
    migrate: (migrations, options = {}) => engine.migrate(migrations, options.snapshotFolder),
    check: (options = {}) => checkDatabase(reads, options),
    snapshot: engine.snapshot,
    [Symbol.asyncDispose]: engine.close,
  };
}

async function openSqlite(options: OpenDatabase, path: string): Promise<Database> {
  await createPrivately(path);
  function around<R>(query: () => Promise<R>): Promise<R> {
    return retryCollisions(options, undefined, query);
  }
  function openStream(): SqliteHandle {
    return openSqliteHandle({ path, readOnly: true });
  }
  using opened = new DisposableStack();
  const writeHandle = opened.use(await around(async () => openSqliteHandle({ path, readOnly: false })));
  const readHandle = opened.use(await around(async () => openSqliteHandle({ path, readOnly: true })));
  const reader = new Kysely<unknown>({
    dialect: sqliteReaderDialect({ handle: readHandle, openStream, around }),
    plugins,
  });
  const writer = new Kysely<unknown>({ dialect: sqliteWriterDialect(writeHandle), plugins });
  const handles = opened.move();
  return databaseOn({
    ...options,
    dialect: 'sqlite',
    reader,
    writer,
    migrate: async (migrations, snapshotFolder = join(dirname(path), 'run')) => {
      const report = await migrateSqlite({ ...options, path, reader, migrations, snapshotFolder });
      writeHandle.forgetStatements();
      readHandle.forgetStatements();
      return report;
    },
    snapshot: (to) => snapshotSqlite(path, to),
    close: async () => {
      await writer.destroy();
      await reader.destroy();
      handles.dispose();
    },
  });
}

interface MigrateSqlite extends OpenDatabase {
  readonly path: string;
  readonly reader: Kysely<unknown>;
  readonly migrations: readonly Migration[];
  readonly snapshotFolder: string;
}

async function migrateSqlite(options: MigrateSqlite): Promise<MigrationReport> {
  const { path, reader, migrations, snapshotFolder, clock } = options;
  const { recorded, pending } = await readMigrationState(reader, 'sqlite', migrations);
  if (pending.length === 0) return { applied: [] };
  const name = `before-migration-${nowInstant(clock).replaceAll(/[:.]/g, '-')}.sqlite`;
  const snapshot = recorded.length > 0 ? (await snapshotSqlite(path, join(snapshotFolder, name))).path : undefined;
  // A connection of its own: rebuilding a table with foreign keys on would delete the rows that point to it.
  using handle = openSqliteHandle({ path, readOnly: false, foreignKeys: false });
  const kysely = new Kysely<unknown>({ dialect: sqliteWriterDialect(handle) });
  const applied = await retryCollisions(options, undefined, () =>
    applyMigrations({ kysely, dialect: 'sqlite', clock, migrations, snapshot }),
  );
  return snapshot === undefined ? { applied } : { applied, snapshot };
}

async function openPostgres(options: OpenDatabase): Promise<Database> {
  const reader = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: createPostgresPool({ url: options.url, readOnly: true }) }),
    plugins,
  });
  const writer = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: createPostgresPool({ url: options.url, readOnly: false }) }),
    plugins,
  });
  async function close(): Promise<void> {
    await Promise.all([reader.destroy(), writer.destroy()]);
  }
  try {
    await sql`select 1`.execute(reader);
  } catch (error) {
    await close();
    throw error;
  }
  return databaseOn({
    ...options,
    dialect: 'postgres',
    reader,
    writer,
    migrate: async (migrations) => ({
      applied: await applyMigrations({
        kysely: writer,
        dialect: 'postgres',
        clock: options.clock,
        migrations,
        snapshot: undefined,
      }),
    }),
    snapshot: async () => {
      throw new KuraError('invalid', 'db.snapshot-not-supported');
    },
    close,
  });
}

function sqlitePath(url: string): string | undefined {
  if (/^postgres(ql)?:\/\//.test(url)) return undefined;
  const path = /^sqlite:(?:\/\/)?(.+)$/.exec(url)?.[1];
  if (path !== undefined && isAbsolute(path)) return path;
  throw new KuraError('invalid', 'db.bad-url', { params: { url: withoutPassword(url) } });
}

/** The file holds sessions and secrets: only its owner may read it, from its first byte on. */
async function createPrivately(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a', 0o600);
  await file.close();
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/([^:/@]*):[^@]*@/, '//$1@');
}
