/** One `node:sqlite` connection with Kura's settings and a cache of prepared statements. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const CACHED_STATEMENTS = 256;

export interface SqliteHandleOptions {
  readonly path: string;
  /** Refuses every change on this connection. */
  readonly readOnly: boolean;
  /** Off only while migrating, where tables are rebuilt; foreign keys are checked as a whole afterwards. */
  readonly foreignKeys?: boolean;
}

export interface SqliteAnswer {
  readonly rows: unknown[];
  readonly changes: bigint | undefined;
}

export interface SqliteHandle extends Disposable {
  readonly inTransaction: boolean;
  execute(sql: string, parameters: readonly unknown[]): SqliteAnswer;
  iterate(sql: string, parameters: readonly unknown[]): IterableIterator<unknown>;
  /** After a schema change: cached statements still believe in the old columns. */
  forgetStatements(): void;
}

export function openSqliteHandle(options: SqliteHandleOptions): SqliteHandle {
  const raw = new DatabaseSync(options.path, { timeout: 0, enableForeignKeyConstraints: options.foreignKeys ?? true });
  // WAL: readers never wait for the writer. FULL: a commit that returned survives a power cut.
  raw.exec('pragma journal_mode = wal; pragma synchronous = full; pragma trusted_schema = off');
  if (options.readOnly) raw.exec('pragma query_only = on');
  const statements = new StatementCache(raw);
  return {
    get inTransaction() {
      return raw.isTransaction;
    },
    execute: (sql, parameters) => execute(statements.take(sql), parameters),
    // A statement being iterated must not be restarted by the next caller, so it does not come from the cache.
    iterate: (sql, parameters) => raw.prepare(sql).iterate(...bindings(parameters)),
    forgetStatements: () => {
      statements.clear();
    },
    [Symbol.dispose]: () => {
      raw.close();
    },
  };
}

function execute({ statement, returnsRows }: CachedStatement, parameters: readonly unknown[]): SqliteAnswer {
  const values = bindings(parameters);
  if (returnsRows) return { rows: statement.all(...values).map(plain), changes: undefined };
  return { rows: [], changes: BigInt(statement.run(...values).changes) };
}

/** Rows come without a prototype; `pg` gives ordinary objects, and what compares rows should not see which one it was. */
function plain(row: object): object {
  return { ...row };
}

function bindings(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
      return value;
    if (value instanceof Uint8Array) return value;
    throw new TypeError(`not a portable column value: ${typeof value}`);
  });
}

interface CachedStatement {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

/** Least recently used goes first: a Map iterates in order of insertion. */
class StatementCache {
  readonly #raw: DatabaseSync;
  readonly #kept = new Map<string, CachedStatement>();

  constructor(raw: DatabaseSync) {
    this.#raw = raw;
  }

  take(sql: string): CachedStatement {
    const kept = this.#kept.get(sql) ?? this.#prepare(sql);
    this.#kept.delete(sql);
    if (/^\s*(select|insert|update|delete|with)\b/i.test(sql)) this.#kept.set(sql, kept);
    if (this.#kept.size > CACHED_STATEMENTS) this.#kept.delete(this.#kept.keys().next().value ?? '');
    return kept;
  }

  clear(): void {
    this.#kept.clear();
  }

  #prepare(sql: string): CachedStatement {
    const statement = this.#raw.prepare(sql);
    return { statement, returnsRows: statement.columns().length > 0 };
  }
}
