/** `INSERT … ON CONFLICT DO UPDATE` for rows of one table; nothing is ever deleted on the way (trap 15). */
import { type RawBuilder, sql } from 'kysely';

import type { Transaction } from '#platform/db';

import type { CatalogueTables } from './catalogue-tables.ts';

/** Rows per statement. Few sizes, so that the statements prepared for them are few as well. */
const SIZES = [64, 16, 4, 1];

export interface UpsertRule<Row> {
  readonly key: readonly (keyof Row & string)[];
  /** Taken over as they are, nulls included. */
  readonly replace: readonly (keyof Row & string)[];
  /** The new value, or what was known before when the answer is silent. */
  readonly keep: readonly (keyof Row & string)[];
  /** The same for text and lists, of which an empty one says nothing. */
  readonly keepText?: readonly (keyof Row & string)[];
  /** Rows older by this column stay as they are. */
  readonly newerBy?: keyof Row & string;
}

export async function upsertRows<Name extends keyof CatalogueTables, Row extends Partial<CatalogueTables[Name]>>(
  tx: Transaction,
  table: Name,
  rows: readonly Row[],
  rule: UpsertRule<Row>,
): Promise<void> {
  const { key } = rule;
  const unique = [...new Map(rows.map((row) => [key.map((column) => row[column]).join(' '), row])).values()];
  const [first] = unique;
  if (first === undefined) return;
  const columns = Object.keys(first) as (keyof Row & string)[];
  for (const some of batchesOf(unique)) {
    const values = some.map((row) => valuesOf(row, columns));
    await sql`
      insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
      values ${sql.join(values)}
      on conflict (${sql.join(key.map((column) => sql.ref(column)))})
      do ${actionOf(table, rule)}`.execute(tx.tables<CatalogueTables>());
  }
}

function* batchesOf<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0, size = 0; start < rows.length; start += size) {
    size = SIZES.find((one) => one <= rows.length - start) ?? 1;
    yield rows.slice(start, start + size);
  }
}

function valuesOf<Row>(row: Row, columns: readonly (keyof Row)[]): RawBuilder<unknown> {
  return sql`(${sql.join(columns.map((column) => row[column]))})`;
}

function actionOf<Row>(table: string, { replace, keep, keepText = [], newerBy }: UpsertRule<Row>): RawBuilder<unknown> {
  const sets = [
    ...replace.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`),
    ...keep.map(
      (column) =>
        sql`${sql.ref(column)} = coalesce(${sql.ref(`excluded.${column}`)}, ${sql.ref(`${table}.${column}`)})`,
    ),
    ...keepText.map(
      (column) =>
        sql`${sql.ref(column)} = case when ${sql.ref(`excluded.${column}`)} in ('', '[]', '{}')
          then ${sql.ref(`${table}.${column}`)} else ${sql.ref(`excluded.${column}`)} end`,
    ),
  ];
  if (sets.length === 0) return sql`nothing`;
  const unlessOlder =
    newerBy === undefined ? sql`` : sql` where ${sql.ref(`excluded.${newerBy}`)} >= ${sql.ref(`${table}.${newerBy}`)}`;
  return sql`update set ${sql.join(sets)}${unlessOlder}`;
}
