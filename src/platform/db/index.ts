/**
 * The database (P-005, P-006): SQLite by default, PostgreSQL for scale-out, one behaviour.
 *
 * `tables()` reads committed data on connections that refuse writes; changes exist only inside `transaction()`.
 * Portable SQL is the callers' duty: LIKE ignores ASCII case on SQLite only, and a comparison is 0/1 there but a
 * boolean on PostgreSQL.
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export type { DatabaseFinding, DatabaseProbe } from './check-database.ts';
export { checkSqliteFile } from './check-sqlite-file.ts';
export { type ColumnTypes, columnTypes, createPositionedTable, createTable } from './columns.ts';
export { containsText } from './contains-text.ts';
export type { Database, DatabaseSnapshot } from './database.ts';
export { isUniqueViolation } from './driver-errors.ts';
export type { Migration, MigrationReport } from './migrations.ts';
export { type OpenDatabase, openDatabase } from './open-database.ts';
export {
  createScratchDatabase,
  type ExportedSnapshot,
  isEmptyDatabase,
  withExportedSnapshot,
} from './postgres-copies.ts';
export { countRows, countSqliteRows, type RowCounts } from './row-counts.ts';
export { snapshotSqlite } from './sqlite-snapshot.ts';
export type { Dialect, ReadTables, Tables, Transaction, TransactionOptions } from './tables.ts';
export const dbMessages: Catalogues = { en, ja };
