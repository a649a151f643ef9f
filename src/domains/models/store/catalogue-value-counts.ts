/** In how many models of the catalogue a word stands. */
import type { Database } from '#platform/db';

import type { ModelsTables } from './models-tables.ts';

export interface ValueCount {
  readonly value: string;
  readonly models: number;
}

export async function countCatalogueValues(
  database: Database,
  list: 'types' | 'bases' | 'formats',
): Promise<readonly ValueCount[]> {
  if (list === 'types') return countTypes(database);
  return list === 'bases' ? countBases(database) : countFormats(database);
}

async function countTypes(database: Database): Promise<readonly ValueCount[]> {
  return database
    .tables<ModelsTables>()
    .selectFrom('catalogue_models')
    .select(({ fn }) => ['type as value', fn.countAll<number>().as('models')])
    .groupBy('type')
    .execute();
}

async function countBases(database: Database): Promise<readonly ValueCount[]> {
  return database
    .tables<ModelsTables>()
    .selectFrom('catalogue_versions')
    .select(({ fn }) => ['base_model as value', fn.count<number>('model_id').distinct().as('models')])
    .where('base_model', 'is not', null)
    .groupBy('base_model')
    .$narrowType<{ value: string }>()
    .execute();
}

async function countFormats(database: Database): Promise<readonly ValueCount[]> {
  return database
    .tables<ModelsTables>()
    .selectFrom('catalogue_files')
    .innerJoin('catalogue_versions', 'catalogue_versions.version_id', 'catalogue_files.version_id')
    .select(({ fn }) => ['format as value', fn.count<number>('model_id').distinct().as('models')])
    .where('format', 'is not', null)
    .groupBy('format')
    .$narrowType<{ value: string }>()
    .execute();
}
