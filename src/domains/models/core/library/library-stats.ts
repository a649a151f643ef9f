/** What the library holds, counted by the database. */
import type { Database } from '#platform/db';

import type { LibraryStats } from '../../contract/index.ts';
import { catalogueStats } from '../../store/catalogue-stats-store.ts';
import { countLibrary, countQuarantine, sumLibraryBy } from '../../store/library-stats-store.ts';

export async function libraryStats(database: Database): Promise<LibraryStats> {
  const [byState, types, bases, quarantined, catalogue] = await Promise.all([
    countLibrary(database),
    sumLibraryBy(database, 'type'),
    sumLibraryBy(database, 'base_model'),
    countQuarantine(database),
    catalogueStats(database),
  ]);
  return {
    files: types.reduce((sum, { files }) => sum + files, 0),
    bytes: types.reduce((sum, { bytes }) => sum + bytes, 0),
    byState,
    byType: types.map(({ value, files, bytes }) => ({ type: value, files, bytes })),
    byBaseModel: bases.map(({ value, files, bytes }) => ({ baseModel: value, files, bytes })),
    quarantined,
    catalogue,
  };
}
