import type { ReadTables } from '#platform/db';

/** Whatever can be read from: a database, or a transaction. */
export interface Reader {
  tables<T>(): ReadTables<T>;
}
