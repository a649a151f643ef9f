/** Where media lie: site, room, slot. The site decides what is off site. */
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import { type NewPlace, type PlaceView, placeName } from '../../contract/index.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { deletePlace, insertPlace, listPlaces, updatePlace } from '../../store/media/place-store.ts';
import { isTaken } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requirePlace } from './find-registered-medium.ts';

export async function readPlaces({ database }: BackupsContext): Promise<readonly PlaceView[]> {
  return listPlaces(database.tables<MediaTables>());
}

/** @throws KuraError conflict `backups.place-exists`. */
export async function addPlace(context: BackupsContext, actor: Actor, wanted: NewPlace): Promise<PlaceView> {
  const id = context.ids.next();
  try {
    await context.unitOfWork.write(actor, async (tx) => {
      await insertPlace(tx.tables<MediaTables>(), id, wanted);
      await tx.audit({ action: 'backups.add-place', subject: subjectOf(id, wanted), result: 'done' });
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new KuraError('conflict', 'backups.place-exists', { params: { place: placeName(wanted) }, cause: error });
  }
  return requirePlace(context.database.tables<MediaTables>(), id);
}

export interface PlaceChange {
  readonly capacity?: number | null | undefined;
  readonly notes?: string | undefined;
}

/** @throws KuraError conflict `backups.place-full` when more media lie there than would fit. */
export async function changePlace(
  context: BackupsContext,
  actor: Actor,
  id: string,
  change: PlaceChange,
): Promise<PlaceView> {
  await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<MediaTables>();
    const place = await requirePlace(tables, id);
    const { capacity } = change;
    if (typeof capacity === 'number' && capacity < place.used) {
      throw new KuraError('conflict', 'backups.place-full', { params: { place: placeName(place), capacity } });
    }
    await updatePlace(tables, id, change);
    await tx.audit({
      action: 'backups.change-place',
      subject: subjectOf(id, place),
      result: 'done',
      after: { ...change },
    });
  });
  return requirePlace(context.database.tables<MediaTables>(), id);
}

/** @throws KuraError conflict `backups.place-in-use`. */
export async function removePlace(context: BackupsContext, actor: Actor, id: string): Promise<void> {
  await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<MediaTables>();
    const place = await requirePlace(tables, id);
    if (place.used > 0) {
      const params = { place: placeName(place), used: place.used };
      throw new KuraError('conflict', 'backups.place-in-use', { params });
    }
    await deletePlace(tables, id);
    await tx.audit({ action: 'backups.remove-place', subject: subjectOf(id, place), result: 'done' });
  });
}

function subjectOf(id: string, place: Pick<PlaceView, 'site' | 'room' | 'slot'>) {
  return { kind: 'backup-place', id, name: placeName(place) };
}
