/** Which models versions belong to, as the catalogue knows. */
import type { Database } from '#platform/db';

import type { CatalogueTables } from './catalogue-tables.ts';

export async function modelOfVersion(database: Database, versionId: number): Promise<number | undefined> {
  const row = await database
    .tables<CatalogueTables>()
    .selectFrom('catalogue_versions')
    .select('model_id')
    .where('version_id', '=', versionId)
    .limit(1)
    .executeTakeFirst();
  return row?.model_id ?? undefined;
}
