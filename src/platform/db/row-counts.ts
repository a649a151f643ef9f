/** How many rows each table has: what a copy of the database is held against. */
import { DatabaseSync } from 'node:sqlite';

import { sql } from 'kysely';

import type { Reads } from './tables.ts';

/** By name of the table. */
export type RowCounts = Readonly<Record<string, number>>;

/** Of one moment: all tables are counted by one statement. */
export async function countRows(reads: Reads): Promise<RowCounts> {
  const db = reads.tables<unknown>();
  const tables =
    reads.dialect === 'sqlite'
      ? await sql<{ name: string }>`${sql.raw(sqliteTables)}`.execute(db)
      : await sql<{
          name: string;
        }>`select tablename as name from pg_tables where schemaname = current_schema()`.execute(db);
  const counts = tables.rows.map(
    ({ name }) => sql`select ${sql.lit(name)} as name, count(*) as n from ${sql.id(name)}`,
  );
  if (counts.length === 0) return {};
  const { rows } = await sql<{ name: string; n: number }>`${sql.join(counts, sql` union all `)}`.execute(db);
  return sorted(rows);
}

/** Of a file that nobody else uses; nothing is written beside it. */
export function countSqliteRows(path: string): RowCounts {
  using file = new DatabaseSync(path, { readOnly: true });
  const names = file
    .prepare(sqliteTables)
    .all()
    .map(({ name }) => String(name));
  return sorted(
    names.map((name) => {
      const row = file.prepare(`select count(*) as n from "${name.replaceAll('"', '""')}"`).get();
      return { name, n: Number(row?.['n']) };
    }),
  );
}

/** Virtual tables and what they are made of can be made again. */
const sqliteTables = `select name from pragma_table_list
  where schema = 'main' and type = 'table' and name not like 'sqlite\\_%' escape '\\'`;

function sorted(rows: readonly { readonly name: string; readonly n: number }[]): RowCounts {
  const ordered = rows.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return Object.fromEntries(ordered.map(({ name, n }) => [name, n]));
}
