/** Kysely on `node:sqlite`: one writer behind a queue, one reader that never waits for it (WAL). */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

import { KuraError } from '#kernel/errors';

import { isDamage } from './driver-errors.ts';
import type { SqliteAnswer, SqliteHandle } from './sqlite-handle.ts';

/** All work goes through one connection, one holder at a time; transactions take the write lock when they begin. */
export function sqliteWriterDialect(handle: SqliteHandle): Dialect {
  return dialectOf(new SqliteAdapter(), {
    connection: connectionTo(handle, () => handle),
    begin: 'begin immediate',
    inTransaction: () => handle.inTransaction,
  });
}

export interface SqliteReader {
  readonly handle: SqliteHandle;
  /** A connection of its own for a stream: an open cursor would pin the shared one to old data. */
  openStream(): SqliteHandle;
  /** Wraps each query (retries while another process recovers or closes the file). */
  around<R>(query: () => Promise<R>): Promise<R>;
}

/** Single statements on committed data; each is finished before the next begins, so nobody has to queue. */
export function sqliteReaderDialect(reader: SqliteReader): Dialect {
  const direct = connectionTo(reader.handle, () => reader.openStream());
  const connection: DatabaseConnection = {
    executeQuery: (query) => reader.around(() => direct.executeQuery(query)),
    streamQuery: (query, size) => direct.streamQuery(query, size),
  };
  return dialectOf(new SharedSqliteAdapter(), { connection, begin: undefined, inTransaction: () => false });
}

class SharedSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

interface DriverParts {
  readonly connection: DatabaseConnection;
  readonly begin: string | undefined;
  readonly inTransaction: () => boolean;
}

function dialectOf(adapter: SqliteAdapter, parts: DriverParts): Dialect {
  return {
    createAdapter: () => adapter,
    createDriver: () => driverOf(parts),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function driverOf({ connection, begin, inTransaction }: DriverParts): Driver {
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: async (held) => {
      if (begin === undefined) throw new KuraError('internal', 'db.read-only');
      await held.executeQuery(CompiledQuery.raw(begin));
    },
    commitTransaction: async (held) => {
      await held.executeQuery(CompiledQuery.raw('commit'));
    },
    rollbackTransaction: async (held) => {
      // After some errors, a full disk among them, SQLite has rolled back by itself (sqlite.org/lang_transaction.html).
      if (inTransaction()) await held.executeQuery(CompiledQuery.raw('rollback'));
    },
    releaseConnection: async () => {},
    // Handles belong to openDatabase, which closes them.
    destroy: async () => {},
  };
}

function execute(handle: SqliteHandle, { sql, parameters }: CompiledQuery): SqliteAnswer {
  try {
    return handle.execute(sql, parameters);
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw new KuraError('mismatch', 'db.damaged', { params: { reason: error.message }, cause: error });
  }
}

function connectionTo(handle: SqliteHandle, streamHandle: () => SqliteHandle): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const answer = execute(handle, query);
      return {
        // The row type is the caller's claim about its own query, as everywhere in Kysely.
        rows: answer.rows as R[],
        ...(answer.changes === undefined ? {} : { numAffectedRows: answer.changes }),
      };
    },
    async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
      const own = streamHandle();
      try {
        for (const row of own.iterate(query.sql, query.parameters)) yield { rows: [row as R] };
      } finally {
        if (own !== handle) own[Symbol.dispose]();
      }
    },
  };
}
