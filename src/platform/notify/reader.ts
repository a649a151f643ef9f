import type { ReadTables } from '#platform/db';

/** The database or a transaction. */
export interface Reader {
  tables<T>(): ReadTables<T>;
}
