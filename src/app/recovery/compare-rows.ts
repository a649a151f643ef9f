/** Rows of a restored database against those of the moment its copy was made. */
import { systemClock, systemRandom } from '#kernel/clock';
import { countRows, countSqliteRows, openDatabase, type RowCounts } from '#platform/db';

import type { Look } from './look.ts';

export async function rowsIn(url: string): Promise<RowCounts> {
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  if (path !== undefined) return countSqliteRows(path);
  await using database = await openDatabase({ url, clock: systemClock, random: systemRandom });
  return await countRows(database);
}

export function differences(promised: RowCounts, found: RowCounts): Look {
  const tables = [...new Set([...Object.keys(promised), ...Object.keys(found)])];
  const differing = tables.filter((table) => promised[table] !== found[table]);
  const rows = Object.values(found).reduce((sum, count) => sum + count, 0);
  if (differing.length === 0) return { passed: true, detail: `${rows} / ${tables.length}` };
  const told = differing.map((table) => `${table} ${promised[table] ?? '–'} ≠ ${found[table] ?? '–'}`);
  return { passed: false, detail: told.slice(0, 20).join(', ') };
}
