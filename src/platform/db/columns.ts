/**
 * The portable column conventions: what a value looks like in both databases. Text compares by bytes in both (PostgreSQL
 * columns get collation C), SQLite tables are STRICT so that a wrong type is refused there too.
 */
import { type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely';

import type { Dialect } from './tables.ts';

type ColumnType = 'text' | 'integer' | 'bigint' | 'real' | 'double precision' | 'blob' | 'bytea' | RawBuilder<unknown>;

export interface ColumnTypes {
  /** Ids, names, codes, anything written. */
  readonly text: ColumnType;
  /** `Instant` of #kernel/brands: ISO 8601 UTC with milliseconds, sorts as text. */
  readonly instant: ColumnType;
  /** JSON as text; checked by a schema when read. */
  readonly json: ColumnType;
  /** 0 or 1. */
  readonly flag: ColumnType;
  /** Counts that stay below 2^31. */
  readonly integer: ColumnType;
  /** Byte counts, positions, milliseconds: up to 2^53 - 1. */
  readonly bigint: ColumnType;
  readonly real: ColumnType;
  readonly binary: ColumnType;
}

const sqliteTypes: ColumnTypes = {
  text: 'text',
  instant: 'text',
  json: 'text',
  flag: 'integer',
  integer: 'integer',
  bigint: 'integer',
  real: 'real',
  binary: 'blob',
};

const byteText = sql`text collate "C"`;
const postgresTypes: ColumnTypes = {
  text: byteText,
  instant: byteText,
  json: byteText,
  flag: 'integer',
  integer: 'integer',
  bigint: 'bigint',
  real: 'double precision',
  binary: 'bytea',
};

export function columnTypes(dialect: Dialect): ColumnTypes {
  return dialect === 'sqlite' ? sqliteTypes : postgresTypes;
}

/** A table builder that ends in the same table on both databases. */
export function createTable<Name extends string>(
  db: Kysely<unknown>,
  dialect: Dialect,
  name: Name,
): CreateTableBuilder<Name> {
  const table = db.schema.createTable(name);
  return dialect === 'sqlite' ? table.modifyEnd(sql`strict`) : table;
}

/** Like `createTable`, with `position` as primary key: a number the database assigns, growing and never used twice. */
export function createPositionedTable<Name extends string>(
  db: Kysely<unknown>,
  dialect: Dialect,
  name: Name,
): CreateTableBuilder<Name, 'position'> {
  const table = createTable(db, dialect, name);
  return dialect === 'sqlite'
    ? table.addColumn('position', 'integer', (column) => column.primaryKey().autoIncrement().notNull())
    : table.addColumn('position', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity().notNull());
}
