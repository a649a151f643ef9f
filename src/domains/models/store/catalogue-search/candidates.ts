/** Models that may match, in order, a chunk at a time. */
import { type RawBuilder, sql } from 'kysely';

import type { Database } from '#platform/db';
import type { CatalogueOrder, OrderColumn, OrderKey } from './catalogue-order.ts';
import { compareByDownloads, isByPopularity, orderColumns, unknownIn } from './catalogue-order.ts';
import type { NecessaryCondition } from './necessary-condition.ts';
import { isOwnStep, positionOf, stepAround } from './popularity.ts';
import { popularLevels, tsquery } from './postgres-terms.ts';
import { printFts5, type TermCondition } from './term-condition.ts';
import { joinConditions } from './version-condition.ts';

export interface CandidateQuery {
  readonly condition: NecessaryCondition;
  readonly order: CatalogueOrder;
  readonly after: OrderKey | undefined;
  readonly size: number;
}

export interface CandidateChunk {
  readonly keys: readonly OrderKey[];
  /** Nothing comes behind. */
  readonly isLast: boolean;
}

export async function readCandidates(database: Database, query: CandidateQuery): Promise<CandidateChunk> {
  const { condition, order } = query;
  if (condition.terms === undefined) return readOrdered(database, query, undefined);
  if (database.dialect === 'postgres') {
    return isByPopularity(order)
      ? readPopularFirst(database, query, condition.terms)
      : readOrdered(database, query, tsquery(condition.terms));
  }
  if (isByPopularity(order)) return readByPosition(database, query, printFts5(condition.terms));
  return readOrdered(database, query, await fts5Terms(database, printFts5(condition.terms)));
}

/** Upwards, what is not known stands first in the index; it comes last (core/search/search-order.ts). */
async function readOrdered(
  database: Database,
  query: CandidateQuery,
  terms: RawBuilder<unknown> | undefined,
): Promise<CandidateChunk> {
  const { order, after, size } = query;
  if (order.direction === 'desc') {
    const keys = await walkOrder(database, query, terms);
    return { keys, isLast: keys.length < size };
  }
  const column = sql.ref(`i.${orderColumns[order.field]}`);
  const unknown = unknownIn[orderColumns[order.field]];
  const isBehindKnown = after?.value === unknown;
  const known = isBehindKnown ? [] : await walkOrder(database, query, both(terms, sql`${column} > ${unknown}`));
  if (known.length === size) return { keys: known, isLast: false };
  const rest = { ...query, after: isBehindKnown ? after : undefined, size: size - known.length };
  const hidden = await walkOrder(database, rest, both(terms, sql`${column} = ${unknown}`));
  return { keys: [...known, ...hidden], isLast: hidden.length < rest.size };
}

function both(terms: RawBuilder<unknown> | undefined, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return terms === undefined ? condition : sql`${terms} and ${condition}`;
}

/** In SQLite walks the index of the order or sorts what the terms gave; PostgreSQL always takes what the terms gave. */
async function walkOrder(
  database: Database,
  { condition, order, after, size }: CandidateQuery,
  terms: RawBuilder<unknown> | undefined,
): Promise<readonly OrderKey[]> {
  const column = orderColumns[order.field];
  const conditions = [
    ...condition.columns,
    ...(terms === undefined ? [] : [sql<boolean>`${terms}`]),
    ...(after === undefined ? [] : [isBehind(column, order.direction, after)]),
  ];
  const way = order.direction === 'asc' ? sql`asc` : sql`desc`;
  const matching = sql`
    select i.${sql.ref(column)} as value, i.model_id as ${sql.ref('modelId')}
    from catalogue_index i where ${joinConditions('and', conditions)}`;
  // PostgreSQL takes a text condition for less selective than it is and would unpack row after row in order.
  const isForced = terms !== undefined && database.dialect === 'postgres';
  const rows = isForced
    ? sql`(with matching as materialized (${matching}) select * from matching)`
    : sql`(${matching})`;
  const found = await sql<OrderKey>`
    select value, ${sql.ref('modelId')} from ${rows} as found
    order by value ${way}, ${sql.ref('modelId')} ${way} limit ${size}`.execute(database.tables<unknown>());
  return found.rows;
}

function isBehind(column: OrderColumn, direction: CatalogueOrder['direction'], { value, modelId }: OrderKey) {
  const operator = direction === 'asc' ? sql`>` : sql`<`;
  return sql<boolean>`(i.${sql.ref(column)}, i.model_id) ${operator} (${value}, ${modelId})`;
}

/** A frequent word has enough matches among the popular models; only these are then read and sorted. */
async function readPopularFirst(
  database: Database,
  query: CandidateQuery,
  terms: TermCondition,
): Promise<CandidateChunk> {
  for (const popular of popularLevels(terms, query.after)) {
    const chunk = await readOrdered(database, query, tsquery(popular));
    if (!chunk.isLast) return chunk;
  }
  return readOrdered(database, query, tsquery(terms));
}

/** The first chunk when the most popular models alone fill it, as with frequent words; what `readCandidates` would read. */
export async function readManyPopular(database: Database, query: CandidateQuery): Promise<CandidateChunk | undefined> {
  const { terms } = query.condition;
  const [most] = terms === undefined ? [] : popularLevels(terms, query.after);
  const chunk = most === undefined ? undefined : await readOrdered(database, query, tsquery(most));
  return chunk === undefined || chunk.isLast ? undefined : chunk;
}

/** So many rows are sorted faster than an order is walked. */
const FEW = 3000;

/** SQLite keeps no statistics of terms: few matches are looked up, many are walked past in order. */
async function fts5Terms(database: Database, match: string): Promise<RawBuilder<unknown>> {
  const matching = sql`(select rowid from catalogue_terms where catalogue_terms match ${match})`;
  const counted = await sql<{ matches: number }>`
    select count(*) as matches from (
      select 1 from catalogue_terms where catalogue_terms match ${match} limit ${FEW}
    )`.execute(database.tables<unknown>());
  const isFew = (counted.rows[0]?.matches ?? 0) < FEW;
  // The plus takes the primary key out of the choice, so that SQLite walks the order.
  return isFew ? sql`i.position in ${matching}` : sql`+i.position in ${matching}`;
}

/**
 * By downloads: positions of the text index are in this order but for what stands within one step, so a chunk is read to
 * the end of its last step and put in order here.
 */
async function readByPosition(
  database: Database,
  { condition, after, size }: CandidateQuery,
  match: string,
): Promise<CandidateChunk> {
  const first = after === undefined ? 0 : stepAround(positionOf(Number(after.value), after.modelId)).first;
  const rows = await readPositions(database, condition, { match, first, last: Number.MAX_SAFE_INTEGER, limit: size });
  const last = rows.at(-1);
  const isLast = rows.length < size;
  if (last !== undefined && !isLast && !isOwnStep(Number(last.value))) {
    const step = stepAround(last.position);
    rows.push(
      ...(await readPositions(database, condition, { match, first: last.position + 1, last: step.last, limit: -1 })),
    );
  }
  const keys = rows
    .filter((row) => after === undefined || compareByDownloads(row, after) > 0)
    .sort(compareByDownloads)
    .map(({ value, modelId }) => ({ value, modelId }));
  return { keys, isLast };
}

interface PlacedKey extends OrderKey {
  readonly position: number;
}

async function readPositions(
  database: Database,
  condition: NecessaryCondition,
  range: { readonly match: string; readonly first: number; readonly last: number; readonly limit: number },
): Promise<PlacedKey[]> {
  const found = await sql<PlacedKey>`
    select i.downloads as value, i.model_id as ${sql.ref('modelId')}, i.position
    from catalogue_terms t cross join catalogue_index i on i.position = t.rowid
    where t.catalogue_terms match ${range.match} and t.rowid between ${range.first} and ${range.last}
    and ${joinConditions('and', condition.columns)}
    order by t.rowid limit ${range.limit}`.execute(database.tables<unknown>());
  return found.rows;
}
