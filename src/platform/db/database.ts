/** What the rest of Kura sees of a database: reads anywhere, writes only inside a transaction. */
import type { DatabaseFinding, DatabaseProbe } from './check-database.ts';
import type { Migration, MigrationReport } from './migrations.ts';
import type { Dialect, ReadTables, Transaction, TransactionOptions } from './tables.ts';

export interface DatabaseSnapshot {
  readonly path: string;
  readonly sizeBytes: number;
}

export interface Database extends AsyncDisposable {
  readonly dialect: Dialect;
  tables<T>(): ReadTables<T>;
  /**
   * Runs `work` in one transaction and commits. A collision with another writer is retried with jitter, so `work` may
   * run more than once: it must do nothing the database cannot take back (use `onCommit` for that).
   * @throws KuraError `db.busy` when others held the database for too long; `db.nested-transaction` inside another.
   */
  transaction<R>(work: (tx: Transaction) => Promise<R>, options?: TransactionOptions): Promise<R>;
  /**
   * Brings the schema up to date under a lock, all or nothing. An existing SQLite database is first copied to
   * `snapshotFolder` (default: `run` beside the file) and the copy verified.
   * @throws KuraError `db.newer-than-program`, `db.migration-changed`, `db.migration-failed`.
   */
  migrate(migrations: readonly Migration[], options?: { readonly snapshotFolder?: string }): Promise<MigrationReport>;
  /** Looks for damage: file structure, foreign keys, missing migrations, and whatever the probes look at. */
  check(options?: {
    readonly migrations?: readonly Migration[];
    readonly probes?: readonly DatabaseProbe[];
  }): Promise<readonly DatabaseFinding[]>;
  /**
   * A consistent, verified copy at `path` while others go on writing; appears under its name only when complete.
   * @throws KuraError `db.snapshot-not-supported` on PostgreSQL, `db.snapshot-damaged`.
   */
  snapshot(path: string): Promise<DatabaseSnapshot>;
}
