/** Counts over the catalogue (models.md M-074). */
import { type RawBuilder, sql } from 'kysely';

import type { Database } from '#platform/db';

import { type CatalogueStats, categories } from '../contract/index.ts';

/** Largest groups of each list. */
const TOP = 10;

export async function catalogueStats(database: Database): Promise<CatalogueStats> {
  const totals = await sql<Omit<CatalogueStats, 'byType' | 'byBaseModel' | 'byCategory' | 'byCreator'>>`
    select
      (select count(*) from catalogue_models) as models,
      (select count(*) from catalogue_versions) as versions,
      (select count(*) from catalogue_files) as files,
      (select count(*) from catalogue_images) as images,
      (select coalesce(sum(size_bytes), 0) from catalogue_files) as bytes,
      (select count(*) from catalogue_models where removed_at is not null) as removed,
      (select max(seen_at) from catalogue_models) as ${sql.ref('lastSeenAt')}`.execute(database.tables<unknown>());
  const [row] = totals.rows;
  if (row === undefined) throw new TypeError('a query of counts alone has one row');
  return {
    ...row,
    byType: await largest(database, sql`select type as value, count(*) as models from catalogue_models group by type`),
    byBaseModel: await largest(
      database,
      sql`select base_model as value, count(distinct model_id) as models from catalogue_versions
        where base_model is not null group by base_model`,
    ),
    byCategory: await largest(
      database,
      sql`select tag_key as value, count(*) as models from catalogue_tags
        where tag_key in (${sql.join(categories)}) group by tag_key`,
    ),
    byCreator: await largest(
      database,
      sql`select creator as value, count(*) as models from catalogue_models where creator is not null group by creator`,
    ),
  };
}

/** Most first; equal ones by name. */
async function largest(database: Database, groups: RawBuilder<unknown>): Promise<CatalogueStats['byType']> {
  const found = await sql<CatalogueStats['byType'][number]>`
    select value, models from (${groups}) grouped order by models desc, value limit ${TOP}`.execute(
    database.tables<unknown>(),
  );
  return found.rows;
}
