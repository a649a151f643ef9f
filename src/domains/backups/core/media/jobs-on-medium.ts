import type { WriteTransaction } from '#platform/unit-of-work';

import { findBindings } from '../../store/media/binding-store.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import type { Medium } from '../../store/media/medium-store.ts';

/** Jobs that have a copy on the medium. */
export async function jobsOn(tx: WriteTransaction, { id, set }: Medium): Promise<string[]> {
  const setKeys = set === null ? [] : [set.key];
  const bound = await findBindings(tx.tables<MediaTables>(), { mediumIds: [id], setKeys });
  return [...new Set(bound.map(({ job }) => job))];
}
