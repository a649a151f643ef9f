/** Media, sets and places by what people call them. */
import { KuraError } from '#kernel/errors';
import type { ReadTables } from '#platform/db';

import type { PlaceView } from '../../contract/index.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { findMedium, type Medium } from '../../store/media/medium-store.ts';
import { findPlace } from '../../store/media/place-store.ts';
import { findSet, type MediaSet } from '../../store/media/set-store.ts';

type Reads = ReadTables<MediaTables>;

/** @throws KuraError `backups.medium-not-found`. */
export async function requireMedium(reads: Reads, label: string): Promise<Medium> {
  const medium = await findMedium(reads, label);
  if (medium === undefined) throw new KuraError('not-found', 'backups.medium-not-found', { params: { label } });
  return medium;
}

/** @throws KuraError `backups.media-set-not-found`. */
export async function requireSet(reads: Reads, key: string): Promise<MediaSet> {
  const set = await findSet(reads, key);
  if (set === undefined) throw new KuraError('not-found', 'backups.media-set-not-found', { params: { set: key } });
  return set;
}

/** @throws KuraError `backups.place-not-found`. */
export async function requirePlace(reads: Reads, id: string): Promise<PlaceView> {
  const place = await findPlace(reads, id);
  if (place === undefined) throw new KuraError('not-found', 'backups.place-not-found', { params: { place: id } });
  return place;
}
