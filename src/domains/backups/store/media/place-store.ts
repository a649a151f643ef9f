/** Places as rows: site, room, slot. */
import type { ReadTables, Tables } from '#platform/db';

import type { NewPlace, PlaceView } from '../../contract/index.ts';
import type { MediaTables } from './media-tables.ts';

type Reads = ReadTables<MediaTables>;
type Writes = Tables<MediaTables>;

/** By site, room and slot. */
export async function listPlaces(reads: Reads): Promise<readonly PlaceView[]> {
  const rows = await withUse(reads)
    .orderBy('backup_places.site')
    .orderBy('backup_places.room')
    .orderBy('backup_places.slot')
    .execute();
  return rows.map(placeOf);
}

export async function findPlace(reads: Reads, id: string): Promise<PlaceView | undefined> {
  const row = await withUse(reads).where('backup_places.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : placeOf(row);
}

export async function insertPlace(tables: Writes, id: string, { capacity, ...place }: NewPlace): Promise<void> {
  await tables
    .insertInto('backup_places')
    .values({ id, ...place, capacity: capacity ?? null })
    .execute();
}

export async function updatePlace(
  tables: Writes,
  id: string,
  { capacity, notes }: { readonly capacity?: number | null | undefined; readonly notes?: string | undefined },
): Promise<void> {
  const columns = { ...(capacity === undefined ? {} : { capacity }), ...(notes === undefined ? {} : { notes }) };
  if (Object.keys(columns).length === 0) return;
  await tables.updateTable('backup_places').set(columns).where('id', '=', id).execute();
}

export async function deletePlace(tables: Writes, id: string): Promise<void> {
  await tables.deleteFrom('backup_places').where('id', '=', id).execute();
}

function withUse(reads: Reads) {
  return reads
    .selectFrom('backup_places')
    .leftJoin('backup_media', 'backup_media.place_id', 'backup_places.id')
    .select(({ fn }) => fn.count<number | string>('backup_media.id').as('used'))
    .select([
      'backup_places.id',
      'backup_places.site',
      'backup_places.room',
      'backup_places.slot',
      'backup_places.capacity',
      'backup_places.notes',
    ])
    .groupBy([
      'backup_places.id',
      'backup_places.site',
      'backup_places.room',
      'backup_places.slot',
      'backup_places.capacity',
      'backup_places.notes',
    ]);
}

function placeOf(row: Omit<PlaceView, 'used'> & { readonly used: number | string }): PlaceView {
  return { ...row, used: Number(row.used) };
}
