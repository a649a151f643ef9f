/** Whole tables for a bundle of history: read in order, written only where nothing stands yet. */
import type { Database, Transaction } from '#platform/db';

import { type ExchangeRow, type ExchangeTableName, exchangeTables } from './exchange-tables.ts';

type Tables = Record<ExchangeTableName, Record<string, unknown> & { readonly position: number; readonly id: string }>;

const PAGE = 500;
/** Parameters of one statement stay far below what either database allows. */
const CHUNK = 200;

/** Every row in the order in which it came, JSON spelled out. */
export async function* readExchangeRows(database: Database, name: ExchangeTableName): AsyncGenerator<ExchangeRow> {
  let after = 0;
  for (;;) {
    const rows = await database
      .tables<Tables>()
      .selectFrom(name)
      .selectAll()
      .where('position', '>', after)
      .orderBy('position')
      .limit(PAGE)
      .execute();
    for (const { position, ...row } of rows) {
      after = Number(position);
      yield spelledOut(name, row);
    }
    if (rows.length < PAGE) return;
  }
}

/** What stands there under the same id or key stays as it is; answers with how many rows were new. */
export async function insertExchangeRows(
  tx: Transaction,
  name: ExchangeTableName,
  rows: readonly ExchangeRow[],
): Promise<number> {
  let count = 0;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const values = rows.slice(start, start + CHUNK).map((row) => stored(name, row));
    const inserted = await tx
      .tables<Record<ExchangeTableName, Record<string, unknown> & { readonly id: string }>>()
      .insertInto(name)
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute();
    count += inserted.length;
  }
  return count;
}

function spelledOut(name: ExchangeTableName, row: ExchangeRow): ExchangeRow {
  const { schema, json } = exchangeTables[name];
  const columns: readonly string[] = json;
  return Object.fromEntries(
    Object.keys(schema.shape).map((column) => {
      const value = row[column];
      return [column, columns.includes(column) && typeof value === 'string' ? (JSON.parse(value) as unknown) : value];
    }),
  );
}

function stored(name: ExchangeTableName, row: ExchangeRow): Record<string, unknown> & { readonly id: string } {
  const columns: readonly string[] = exchangeTables[name].json;
  const entries = Object.entries(row).map(([column, value]): [string, unknown] => [
    column,
    columns.includes(column) && value !== null ? JSON.stringify(value) : value,
  ]);
  return { ...Object.fromEntries(entries), id: String(row['id']) };
}
