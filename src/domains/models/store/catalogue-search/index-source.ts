/** Reads what the index of searches is derived from. */
import type { Selectable } from 'kysely';

import type { Transaction } from '#platform/db';

import type { CatalogueTables } from '../catalogue-tables.ts';

export interface IndexSource {
  readonly model: CatalogueTables['catalogue_models'];
  /** In the creator's order. */
  readonly versions: readonly SourceVersion[];
  /** Position and print of what is indexed already. */
  readonly indexed: { readonly position: number; readonly print: string } | undefined;
}

export interface SourceVersion {
  readonly row: CatalogueTables['catalogue_versions'];
  readonly files: readonly Pick<
    Selectable<CatalogueTables['catalogue_files']>,
    'version_id' | 'size_bytes' | 'format' | 'is_primary'
  >[];
}

export async function readIndexSources(tx: Transaction, modelIds: readonly number[]): Promise<readonly IndexSource[]> {
  const tables = tx.tables<CatalogueTables>();
  const models = await tables.selectFrom('catalogue_models').selectAll().where('model_id', 'in', modelIds).execute();
  const versions = await tables
    .selectFrom('catalogue_versions')
    .selectAll()
    .where('model_id', 'in', modelIds)
    .orderBy('model_id')
    .orderBy('place')
    .orderBy('version_id', 'desc')
    .execute();
  const files = await tables
    .selectFrom('catalogue_files')
    .innerJoin('catalogue_versions', 'catalogue_versions.version_id', 'catalogue_files.version_id')
    .select(['catalogue_files.version_id', 'size_bytes', 'format', 'is_primary'])
    .where('model_id', 'in', modelIds)
    .orderBy('file_id')
    .execute();
  const indexed = await tables
    .selectFrom('catalogue_index')
    .select(['model_id', 'position', 'print'])
    .where('model_id', 'in', modelIds)
    .execute();
  const versionsOf = Map.groupBy(versions, (row) => row.model_id);
  const filesOf = Map.groupBy(files, (row) => row.version_id);
  const indexedOf = new Map(indexed.map((row) => [row.model_id, row]));
  return models.map((model) => ({
    model,
    versions: (versionsOf.get(model.model_id) ?? []).map((row) => ({ row, files: filesOf.get(row.version_id) ?? [] })),
    indexed: indexedOf.get(model.model_id),
  }));
}
