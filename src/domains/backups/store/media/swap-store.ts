/** Swaps as rows: what was due on a day, and what somebody did. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { ReadTables, Tables } from '#platform/db';

import type { SwapView } from '../../contract/index.ts';
import type { MediaTables } from './media-tables.ts';

type Reads = ReadTables<MediaTables>;
type Writes = Tables<MediaTables>;

const contentSchema = z.array(z.object({ copy: z.string(), vaultId: z.string() }));

export interface Swap extends SwapView {
  readonly chasedOn: string | null;
}

export async function findSwap(reads: Reads, set: string, day: string): Promise<Swap | undefined> {
  const row = await reads
    .selectFrom('backup_media_swaps')
    .selectAll()
    .where('set_key', '=', set)
    .where('day', '=', day)
    .executeTakeFirst();
  return row === undefined ? undefined : swapOf(row);
}

/** What nobody has done yet, of all sets. */
export async function openSwaps(reads: Reads): Promise<readonly Swap[]> {
  return (await reads.selectFrom('backup_media_swaps').selectAll().where('state', '=', 'due').execute()).map(swapOf);
}

/** Newest day first. */
export async function listSwaps(reads: Reads, set: string, limit: number): Promise<readonly Swap[]> {
  const rows = await reads
    .selectFrom('backup_media_swaps')
    .selectAll()
    .where('set_key', '=', set)
    .orderBy('day', 'desc')
    .limit(limit)
    .execute();
  return rows.map(swapOf);
}

export async function swapsBetween(reads: Reads, set: string, from: string, to: string): Promise<readonly Swap[]> {
  const rows = await reads
    .selectFrom('backup_media_swaps')
    .selectAll()
    .where('set_key', '=', set)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .execute();
  return rows.map(swapOf);
}

export async function saveSwap(tables: Writes, swap: Swap): Promise<void> {
  const columns = columnsOf(swap);
  await tables
    .insertInto('backup_media_swaps')
    .values({ id: swap.id, set_key: swap.set, day: swap.day, ...columns })
    .onConflict((conflict) => conflict.columns(['set_key', 'day']).doUpdateSet(columns))
    .execute();
}

/** False, and nothing written, when somebody has done it since it was looked at. */
export async function saveOpenSwap(tables: Writes, swap: Swap): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tables
    .insertInto('backup_media_swaps')
    .values({ id: swap.id, set_key: swap.set, day: swap.day, ...columnsOf(swap) })
    .onConflict((conflict) =>
      conflict.columns(['set_key', 'day']).doUpdateSet(columnsOf(swap)).where('backup_media_swaps.state', '!=', 'done'),
    )
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

function columnsOf(swap: Swap) {
  return {
    position: swap.position,
    state: swap.state,
    planned: swap.planned,
    taken_out: swap.takenOut,
    put_in: swap.putIn,
    actor: swap.by,
    at: swap.at,
    note: swap.note,
    content: JSON.stringify(swap.content),
    chased_on: swap.chasedOn,
  };
}

function swapOf(row: Selectable<MediaTables['backup_media_swaps']>): Swap {
  return {
    id: row.id,
    set: row.set_key,
    day: row.day,
    position: row.position,
    state: row.state,
    planned: row.planned,
    takenOut: row.taken_out,
    putIn: row.put_in,
    by: row.actor,
    at: row.at,
    note: row.note,
    content: contentSchema.parse(JSON.parse(row.content)),
    chasedOn: row.chased_on,
  };
}
