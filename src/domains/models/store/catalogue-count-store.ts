import type { Database } from '#platform/db';

import type { ModelsTables } from './models-tables.ts';

/** Models of the catalogue, removed ones included. */
export async function countCatalogueModels(database: Database): Promise<number> {
  const { models } = await database
    .tables<ModelsTables>()
    .selectFrom('catalogue_models')
    .select(({ fn }) => fn.countAll<number>().as('models'))
    .executeTakeFirstOrThrow();
  return models;
}
