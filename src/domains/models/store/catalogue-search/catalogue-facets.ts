/** How many models of a search's whole answer have which type, base model, rating, tag and creator. */
import { type RawBuilder, sql } from 'kysely';

import type { Instant } from '#kernel/brands';
import type { Database } from '#platform/db';

import type { FacetName } from '../../contract/index.ts';
import type { QueryNode } from '../../core/query-language/query-node.ts';
import { type KeyCount, KeyTally } from './key-tally.ts';
import { necessaryCondition } from './necessary-condition.ts';
import { tsquery } from './postgres-terms.ts';
import { printFts5, type TermCondition } from './term-condition.ts';
import { joinConditions, versionCondition } from './version-condition.ts';

export interface FacetQuestion {
  readonly where: QueryNode;
  /** Decides about gates. */
  readonly now: Instant;
  /** Values of a facet that are told, the most frequent ones. */
  readonly most: number;
  /** Fewer candidates than these are looked up one by one, more are walked; default 3,000. */
  readonly few?: number | undefined;
}

export interface CatalogueFacets extends Readonly<Record<FacetName, readonly KeyCount[]>> {
  readonly models: number;
}

/** Each model counts once for a value, whichever of its matching versions have it. */
export async function countFacets(database: Database, question: FacetQuestion): Promise<CatalogueFacets> {
  const rows = await matchingModels(database, question);
  function most(name: FacetName): readonly KeyCount[] {
    const tally = new KeyTally();
    for (const row of rows) tally.add(row[name], row.modelId);
    return tally.most(question.most);
  }
  return {
    models: rows.length,
    type: most('type'),
    base: most('base'),
    tag: most('tag'),
    creator: most('creator'),
    nsfw: most('nsfw'),
  };
}

/** Keys, several ones between line feeds. */
interface MatchingModel extends Readonly<Record<FacetName, string>> {
  readonly modelId: number;
}

async function matchingModels(
  database: Database,
  { where, now, few: limit = FEW }: FacetQuestion,
): Promise<readonly MatchingModel[]> {
  const context = { dialect: database.dialect, now };
  const { terms, columns } = necessaryCondition(where, context);
  const few = terms !== undefined && (await isFew(database, terms, limit)) ? terms : undefined;
  const decided = joinConditions('and', [...columns, versionCondition(where, context)]);
  const found =
    database.dialect === 'postgres'
      ? sql<MatchingModel>`
          select v.model_id as ${sql.ref('modelId')}, min(i.type_key) as type, min(i.creator_key) as creator,
            min(i.tag_keys) as tag, string_agg(v.base_key, ${feed}) as base, string_agg(v.rating, ${feed}) as nsfw
          from catalogue_index i join catalogue_version_index v on v.model_id = i.model_id
          where ${decided} ${few === undefined ? sql`` : sql`and ${tsquery(few)}`} group by v.model_id`
      : sql<MatchingModel>`
          select v.model_id as ${sql.ref('modelId')}, i.type_key as type, i.creator_key as creator,
            i.tag_keys as tag, group_concat(v.base_key, ${feed}) as base, group_concat(v.rating, ${feed}) as nsfw
          from ${sqliteTables(few)} where ${decided} group by v.model_id`;
  return (await found.execute(database.tables<unknown>())).rows;
}

const feed = sql.lit('\n');
/** So many models are looked up faster than all are walked, and PostgreSQL has to unpack the terms of each. */
const FEW = 3000;

async function isFew(database: Database, terms: TermCondition, limit: number): Promise<boolean> {
  const matching =
    database.dialect === 'postgres'
      ? sql`catalogue_index i where ${tsquery(terms)}`
      : sql`catalogue_terms where catalogue_terms match ${printFts5(terms)}`;
  const counted = await sql<{ models: number | string }>`
    select count(*) as models from (select 1 from ${matching} limit ${limit}) as found`.execute(
    database.tables<unknown>(),
  );
  return Number(counted.rows[0]?.models ?? 0) < limit;
}

/** SQLite keeps no statistics of terms, and joins in the order that is written here. */
function sqliteTables(few: TermCondition | undefined): RawBuilder<unknown> {
  if (few === undefined) {
    return sql`catalogue_version_index v cross join catalogue_index i on i.model_id = v.model_id`;
  }
  return sql`
    (select rowid from catalogue_terms where catalogue_terms match ${printFts5(few)}) t
    cross join catalogue_index i on i.position = t.rowid
    cross join catalogue_version_index v on v.model_id = i.model_id`;
}
