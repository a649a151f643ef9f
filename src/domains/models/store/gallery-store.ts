/** What the catalogue knows of the models behind pictures. */
import type { Database } from '#platform/db';

import type { ModelsTables } from './models-tables.ts';

/** Of these versions those whose model is said to show a minor or a real person. At most some hundred ids. */
export async function protectedVersionsAmong(
  database: Database,
  versionIds: readonly number[],
): Promise<ReadonlySet<number>> {
  if (versionIds.length === 0) return new Set();
  const rows = await database
    .tables<ModelsTables>()
    .selectFrom('catalogue_versions as version')
    .innerJoin('catalogue_models as model', 'model.model_id', 'version.model_id')
    .select('version.version_id as id')
    .where('version.version_id', 'in', versionIds)
    .where((where) => where.or([where('model.poi', '=', 1), where('model.minor', '=', 1)]))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export async function modelOfVersion(database: Database, versionId: number): Promise<number | undefined> {
  const row = await database
    .tables<ModelsTables>()
    .selectFrom('catalogue_versions')
    .select('model_id as id')
    .where('version_id', '=', versionId)
    .executeTakeFirst();
  return row?.id;
}
