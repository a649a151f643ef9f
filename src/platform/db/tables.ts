/** Reading and changing tables: what queries see, without the life of the database around them. */
import type { Kysely } from 'kysely';

export type Dialect = 'sqlite' | 'postgres';

/** Queries on committed data. Connections behind it refuse writes; a `Tables<T>` fits wherever this is asked for. */
export type ReadTables<T> = Pick<
  Kysely<T>,
  'selectFrom' | 'selectNoFrom' | 'with' | 'withRecursive' | 'fn' | 'dynamic' | 'getExecutor'
>;

/** Queries and changes inside one transaction. */
export type Tables<T> = Kysely<T>;

export interface Transaction {
  readonly dialect: Dialect;
  /** @throws KuraError `db.transaction-finished` when the transaction is over, here and on each later query. */
  tables<T>(): Tables<T>;
  /** Runs inside the transaction after the work, in order of registration. */
  beforeCommit(hook: () => Promise<void>): void;
  /** Runs once the change is durable, never after a rollback; what it throws is reported, not thrown. */
  onCommit(hook: () => void): void;
}

export interface TransactionOptions {
  /** An abort before the commit rolls back. */
  readonly signal?: AbortSignal;
  /**
   * Default `serializable`: on both databases the work sees data as if it ran alone. `read-committed` is for work that
   * locks the rows it touches itself (job claims); SQLite is serializable all the same.
   */
  readonly isolation?: 'serializable' | 'read-committed';
  /**
   * Default `full`: what was committed outlives a power cut. `relaxed` does not wait for the disk: a power cut may take the
   * change back, whole and together with all after it, until the next full commit. For notes that are made often and can be
   * made again: who was seen when, how far a reader has read.
   */
  readonly durability?: 'full' | 'relaxed';
}

/** Whatever can be read from. */
export interface Reads {
  readonly dialect: Dialect;
  tables<T>(): ReadTables<T>;
}
