/** Keys of the index as the site spells them, asked of one model that has each. */
import { type RawBuilder, sql } from 'kysely';

import type { Database } from '#platform/db';

import { type FacetName, plainWord } from '../../contract/index.ts';
import { foldText } from '../../core/query-language/fold-text.ts';
import type { CatalogueFacets } from './catalogue-facets.ts';
import type { KeyCount } from './key-tally.ts';

export interface FacetCount {
  readonly value: string;
  readonly models: number;
}

/** Where the spelling of a facet stands; ratings are Kura's own words. */
const spellings = {
  type: { column: sql`type`, table: sql`catalogue_models`, keyOf: plainWord },
  base: { column: sql`base_model`, table: sql`catalogue_versions`, keyOf: plainWord },
  tag: { column: sql`tag`, table: sql`catalogue_tags`, keyOf: foldText },
  creator: { column: sql`creator`, table: sql`catalogue_models`, keyOf: foldText },
} as const;

/** What has no spelling any more, because it was written anew a moment ago, keeps its key. */
export async function labelFacets(
  database: Database,
  { type, base, nsfw, tag, creator }: CatalogueFacets,
): Promise<Readonly<Record<FacetName, readonly FacetCount[]>>> {
  return {
    type: await spelled(database, type, spellings.type),
    base: await spelled(database, base, spellings.base),
    nsfw: nsfw.map(({ key, models }) => ({ value: key, models })),
    tag: await spelled(database, tag, spellings.tag),
    creator: await spelled(database, creator, spellings.creator),
  };
}

interface Spelling {
  readonly column: RawBuilder<unknown>;
  readonly table: RawBuilder<unknown>;
  readonly keyOf: (value: string) => string;
}

async function spelled(
  database: Database,
  counts: readonly KeyCount[],
  { column, table, keyOf }: Spelling,
): Promise<readonly FacetCount[]> {
  if (counts.length === 0) return [];
  const ids = sql.join([...new Set(counts.map(({ modelId }) => modelId))]);
  const found = await sql<{ value: string }>`
    select distinct ${column} as value from ${table} where model_id in (${ids}) and ${column} is not null`.execute(
    database.tables<unknown>(),
  );
  const byKey = new Map(found.rows.map(({ value }) => [keyOf(value), value]));
  return counts.map(({ key, models }) => ({ value: byKey.get(key) ?? key, models }));
}
