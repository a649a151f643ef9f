/** PostgreSQL: what the text index answers fast, and when that is few enough to be read whole. */
import { type RawBuilder, sql } from 'kysely';

import type { Database } from '#platform/db';

import { compareByDownloads, type OrderKey } from './catalogue-order.ts';
import { popularFrom, popularTerm } from './index-terms.ts';
import type { NecessaryCondition } from './necessary-condition.ts';
import { printTsquery, type TermCondition } from './term-condition.ts';
import { joinConditions } from './version-condition.ts';

export function tsquery(terms: TermCondition): RawBuilder<unknown> {
  return sql`i.terms @@ ${printTsquery(terms)}::tsquery`;
}

/** The same among the popular models, the most popular first; levels the cursor has left behind are not asked again. */
export function popularLevels(terms: TermCondition, after: OrderKey | undefined): readonly TermCondition[] {
  return popularFrom
    .filter((from) => after === undefined || Number(after.value) > from)
    .map((from) => ({ op: 'and', parts: [terms, { op: 'fact', term: popularTerm(from), prefix: false }] }));
}

export interface RankedKey extends OrderKey {
  /** Place of the condition it fulfils. */
  readonly tier: number;
}

/** So many matches are read and sorted in one question. */
const FEW = 800;

/**
 * Every match, tier by tier, most downloads first; undefined when there are more than a few. The tiers exclude each
 * other, and the last of their parts together are all matches.
 */
export async function readIfFew(
  database: Database,
  conditions: readonly NecessaryCondition[],
): Promise<readonly RankedKey[] | undefined> {
  const terms = conditions.flatMap((condition) => condition.terms ?? []);
  const [first] = conditions;
  if (first === undefined || terms.length < conditions.length) return undefined;
  const tiers = terms.map((one, tier) => sql`when ${tsquery(one)} then ${sql.lit(tier)}`);
  const found = await sql<RankedKey>`
    with matching as materialized (
      select i.downloads as value, i.model_id, i.terms from catalogue_index i
      where ${joinConditions('and', first.columns)} and ${tsquery(allMatches(terms))} limit ${FEW + 1}
    ), counted as (select count(*) as matches from matching)
    select i.value, i.model_id as ${sql.ref('modelId')},
      case when counted.matches > ${FEW} then -1 ${sql.join(tiers, sql` `)} end as tier
    from matching i cross join counted`.execute(database.tables<unknown>());
  if (found.rows.length > FEW) return undefined;
  return [...found.rows].sort(compareRanked);
}

/** Tier by tier, most downloads first. */
export function compareRanked(a: RankedKey, b: RankedKey): number {
  return a.tier - b.tier || compareByDownloads(a, b);
}

/** What the tiers were cut from: the last one is everything but what the others have. */
function allMatches(tiers: readonly TermCondition[]): TermCondition {
  const last = tiers.at(-1);
  if (last?.op === 'but-not') return last.wanted;
  return last ?? { op: 'and', parts: [] };
}
