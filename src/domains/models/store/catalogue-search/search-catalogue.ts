/** Searches the catalogue: candidates by index and in order, each decided by the query itself. */
import { sql } from 'kysely';

import type { Instant } from '#kernel/brands';
import type { Database, Dialect } from '#platform/db';

import type { QueryNode } from '../../core/query-language/query-node.ts';
import { type CandidateChunk, readCandidates, readManyPopular } from './candidates.ts';
import {
  type CatalogueCursor,
  type CatalogueOrder,
  isByPopularity,
  type OrderKey,
  readCatalogueCursor,
  writeCatalogueCursor,
} from './catalogue-order.ts';
import { type NecessaryCondition, necessaryCondition } from './necessary-condition.ts';
import { compareRanked, type RankedKey, readIfFew } from './postgres-terms.ts';
import { relevanceTiers } from './relevance-tiers.ts';
import { type Condition, versionCondition } from './version-condition.ts';

export interface CatalogueSearch {
  readonly where: QueryNode;
  readonly order: CatalogueOrder;
  readonly limit: number;
  /** `nextCursor` of the answer before, with everything else unchanged. */
  readonly after?: string | undefined;
  /** Decides about gates. */
  readonly now: Instant;
}

export interface CatalogueHit {
  readonly modelId: number;
  /** The first in the creator's order that makes the query true. */
  readonly versionId: number;
}

export interface CatalogueResult {
  readonly hits: readonly CatalogueHit[];
  readonly nextCursor: string | undefined;
  /** Counted little further than the page; not `exact`: at least so many. */
  readonly total: { readonly value: number; readonly exact: boolean };
}

/**
 * Models are counted so far, and so many candidates are looked at for the count alone. SQLite has the next ones at hand;
 * PostgreSQL counts what its first question brings.
 */
const counting: Readonly<Record<Dialect, { readonly models: number; readonly candidates: number }>> = {
  sqlite: { models: 100, candidates: 4000 },
  postgres: { models: 31, candidates: 32 },
};
const LARGEST_CHUNK = 4000;

/** @throws KuraError `models.bad-cursor`. */
export async function searchCatalogue(database: Database, search: CatalogueSearch): Promise<CatalogueResult> {
  const { models, candidates } = counting[database.dialect];
  const counted = Math.max(search.limit, models);
  const cursor = search.after === undefined ? undefined : readCatalogueCursor(search.after, search.order);
  const walk = new CatalogueWalk(database, search, cursor);
  const found: FoundHit[] = [];
  let looked = 0;
  let isComplete = true;
  for await (const chunk of walk.chunks()) {
    looked += chunk.looked;
    found.push(...chunk.hits);
    const isCounted = cursor !== undefined || found.length > counted || looked >= candidates;
    if (found.length > search.limit && isCounted) {
      isComplete = false;
      break;
    }
  }
  const total = cursor?.total ?? {
    value: Math.min(found.length, counted),
    exact: isComplete && found.length <= counted,
  };
  const page = found.slice(0, search.limit);
  const last = page.at(-1);
  const isMore = found.length > page.length && last !== undefined;
  return {
    hits: page.map(({ modelId, versionId }) => ({ modelId, versionId })),
    nextCursor: isMore ? writeCatalogueCursor({ ...search.order, ...last.key, tier: last.tier, total }) : undefined,
    total,
  };
}

interface FoundHit extends CatalogueHit {
  readonly key: OrderKey;
  readonly tier: number;
}

interface DecidedChunk {
  readonly looked: number;
  readonly hits: readonly FoundHit[];
}

class CatalogueWalk {
  readonly #database: Database;
  readonly #search: CatalogueSearch;
  readonly #cursor: CatalogueCursor | undefined;
  readonly #condition: Condition;
  readonly #tiers: readonly NecessaryCondition[];
  /** What the first look among the most popular brought, so that nobody asks for it twice. */
  #popular: CandidateChunk | undefined;

  constructor(database: Database, search: CatalogueSearch, cursor: CatalogueCursor | undefined) {
    const context = { dialect: database.dialect, now: search.now };
    this.#database = database;
    this.#search = search;
    this.#cursor = cursor;
    this.#condition = versionCondition(search.where, context);
    const necessary = necessaryCondition(search.where, context);
    this.#tiers = search.order.field === 'relevance' ? relevanceTiers(search.where, necessary) : [necessary];
  }

  async *chunks(): AsyncGenerator<DecidedChunk> {
    const few = this.#database.dialect === 'postgres' ? await this.#readIfFew() : undefined;
    if (few !== undefined) {
      yield* this.#chunksOfFew(few);
      return;
    }
    const first = this.#cursor?.tier ?? 0;
    for (const [tier, condition] of this.#tiers.entries()) {
      if (tier >= first) yield* this.#chunksOf(tier, condition);
    }
  }

  /** Undefined when there are many, which a first look among the most popular tells at little cost. */
  async #readIfFew(): Promise<readonly RankedKey[] | undefined> {
    const { order } = this.#search;
    const [condition] = this.#tiers;
    if (condition?.terms === undefined || !isByPopularity(order)) return undefined;
    const size = this.#firstSize();
    this.#popular = await readManyPopular(this.#database, { condition, order, after: undefined, size });
    return this.#popular === undefined ? readIfFew(this.#database, this.#tiers) : undefined;
  }

  async *#chunksOfFew(few: readonly RankedKey[]): AsyncGenerator<DecidedChunk> {
    const cursor = this.#cursor;
    const rest = few.filter((key) => cursor === undefined || compareRanked(key, cursor) > 0);
    let size = this.#firstSize();
    for (let start = 0; start < rest.length; start += size, size *= 2) {
      const keys = rest.slice(start, start + size);
      yield { looked: keys.length, hits: await this.#decideRanked(keys) };
    }
  }

  async #decideRanked(keys: readonly RankedKey[]): Promise<readonly FoundHit[]> {
    const hits: FoundHit[] = [];
    for (const tier of this.#tiers.keys()) {
      hits.push(
        ...(await this.#decide(
          keys.filter((key) => key.tier === tier),
          tier,
        )),
      );
    }
    return hits;
  }

  /** The first page is counted; later ones only need what they show, a little more where some do not match. */
  #firstSize(): number {
    const page = Math.max(32, Math.ceil(this.#search.limit * 1.5));
    return this.#cursor === undefined ? Math.max(page, counting[this.#database.dialect].models + 1) : page;
  }

  async *#chunksOf(tier: number, condition: NecessaryCondition): AsyncGenerator<DecidedChunk> {
    const cursor = this.#cursor?.tier === tier ? this.#cursor : undefined;
    let after: OrderKey | undefined = cursor;
    let size = this.#firstSize();
    let first = tier === 0 && after === undefined ? this.#popular : undefined;
    for (;;) {
      const query = { condition, order: this.#search.order, after, size };
      const chunk = first ?? (await readCandidates(this.#database, query));
      yield { looked: chunk.keys.length, hits: await this.#decide(chunk.keys, tier) };
      if (chunk.isLast) return;
      first = undefined;
      after = chunk.keys.at(-1) ?? after;
      size = Math.min(LARGEST_CHUNK, size * 2);
    }
  }

  async #decide(keys: readonly OrderKey[], tier: number): Promise<readonly FoundHit[]> {
    if (keys.length === 0) return [];
    const found = await sql<CatalogueHit>`
      select v.model_id as ${sql.ref('modelId')}, v.version_id as ${sql.ref('versionId')}
      from catalogue_version_index v join catalogue_index i on i.model_id = v.model_id
      where v.model_id in ${idsIn(this.#database, keys)} and ${this.#condition}
      order by v.model_id, v.place, v.version_id desc`.execute(this.#database.tables<unknown>());
    const versions = new Map<number, number>();
    for (const { modelId, versionId } of found.rows) {
      if (!versions.has(modelId)) versions.set(modelId, versionId);
    }
    return keys.flatMap((key) => {
      const versionId = versions.get(key.modelId);
      return versionId === undefined ? [] : [{ modelId: key.modelId, versionId, key, tier }];
    });
  }
}

/** One parameter instead of a thousand. */
function idsIn({ dialect }: Database, keys: readonly OrderKey[]) {
  const ids = keys.map(({ modelId }) => modelId);
  return dialect === 'sqlite'
    ? sql`(select value from json_each(${JSON.stringify(ids)}))`
    : sql`(select unnest(${`{${ids.join(',')}}`}::bigint[]))`;
}
