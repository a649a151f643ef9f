/** What the library holds, counted by the database. */
import { baseNames } from '#engines/modelscan';
import type { Database } from '#platform/db';

import type { LibraryStats } from '../../contract/index.ts';
import { catalogueStats } from '../../store/catalogue-stats-store.ts';
import { countByContent, countLibrary, countQuarantine, sumLibraryBy } from '../../store/library-stats-store.ts';

export async function libraryStats(database: Database): Promise<LibraryStats> {
  const [byState, types, bases, kinds, contentBases, quarantined, catalogue] = await Promise.all([
    countLibrary(database),
    sumLibraryBy(database, 'type'),
    sumLibraryBy(database, 'base_model'),
    countByContent(database, 'kind'),
    countByContent(database, 'base'),
    countQuarantine(database),
    catalogueStats(database),
  ]);
  return {
    files: types.reduce((sum, { files }) => sum + files, 0),
    bytes: types.reduce((sum, { bytes }) => sum + bytes, 0),
    byState,
    byType: types.map(({ value, files, bytes }) => ({ type: value, files, bytes })),
    byBaseModel: bases.map(({ value, files, bytes }) => ({ baseModel: value, files, bytes })),
    byContent: {
      kinds: kinds.map(({ id, files }) => ({ kind: id, files })),
      bases: contentBases.map(({ id, files }) => ({ base: id, name: baseNames[id] ?? id, files })),
    },
    quarantined,
    catalogue,
  };
}
