/** Search: as typed, then word by word, then with spelling mended – all words must match on every step. */
import { type Correction, highlights, type LadderStep, ladder, parseQuery, type Query } from '#engines/lexis';
import type { Clock } from '#kernel/clock';
import type { Database } from '#platform/db';

import type { EntryStatus, EntryType, SearchAnswer, SearchHit } from '../../contract/index.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { SearchIndex } from '../../store/search-index.ts';
import {
  bestMatches,
  countMatches,
  countTags,
  countTypes,
  type ScoredPosition,
  type Search,
  type SearchFilter,
} from '../../store/search-store.ts';
import { correctSpelling } from './correct-spelling.ts';
import { excerptOf } from './excerpt.ts';

export interface SearchRequest {
  readonly q: string;
  readonly type?: readonly EntryType[] | undefined;
  /** All of them. */
  readonly tag?: readonly string[] | undefined;
  /** Default: everything that is not archived. */
  readonly status?: readonly EntryStatus[] | undefined;
  readonly limit: number;
  readonly offset?: number;
  /** `any` adds a last step where some of the words are enough. */
  readonly match?: 'all' | 'any';
  readonly facets?: boolean;
}

export interface SearchDeps {
  readonly database: Database;
  readonly index: SearchIndex;
  readonly clock: Clock;
}

const current: readonly EntryStatus[] = ['draft', 'published'];
const facetTags = 20;

export async function searchKnowledge(deps: SearchDeps, request: SearchRequest): Promise<SearchAnswer> {
  const start = deps.clock.monotonic();
  const found = await findMatches(deps, request);
  const { query, filter, total, corrections } = found;
  const search = { reads: deps.database.tables<unknown>(), index: deps.index, filter };
  const page = { limit: request.limit, offset: request.offset ?? 0 };
  const scored = total === 0 ? [] : await bestMatches(search, page);
  const hits = await hitsOf(deps, scored, query);
  const facets = request.facets === true ? await facetsOf(search, query) : undefined;
  const ms = Math.round((deps.clock.monotonic() - start) * 10) / 10;
  const { matched } = found;
  const { ignored } = query;
  return { total, ms, matched, corrections, ignored, hits, ...(facets === undefined ? {} : { facets }) };
}

async function facetsOf(search: Search, query: Query): Promise<NonNullable<SearchAnswer['facets']>> {
  if (isUnsearchable(query)) return { types: [], tags: [] };
  const { filter } = search;
  return {
    types: await countTypes({ ...search, filter: { ...filter, type: undefined } }),
    tags: await countTags(search, facetTags),
  };
}

/** Something was typed, but nothing in it can be searched for; that finds nothing, not everything. */
function isUnsearchable({ root, ignored }: Query): boolean {
  return root === undefined && ignored.length > 0;
}

interface Matches {
  readonly query: Query;
  readonly filter: SearchFilter;
  readonly total: number;
  readonly matched: SearchAnswer['matched'];
  readonly corrections: readonly Correction[];
}

async function findMatches(deps: SearchDeps, request: SearchRequest): Promise<Matches> {
  const typed = parseQuery(request.q);
  const asTyped = await firstRung(deps, request, typed);
  if (asTyped.total > 0) return { ...asTyped, corrections: [] };
  const corrected = await correctSpelling(typed, deps.database.tables<KnowledgeTables>());
  if (corrected === undefined) return { ...asTyped, corrections: [] };
  const mended = await firstRung(deps, request, corrected.query);
  return mended.total === 0 ? { ...asTyped, corrections: [] } : { ...mended, corrections: corrected.corrections };
}

/** The strictest rung on which anything is found; the first when nothing is. */
async function firstRung(
  deps: SearchDeps,
  request: SearchRequest,
  query: Query,
): Promise<Omit<Matches, 'corrections'>> {
  const { type, tag, status = current } = request;
  const unconditional = { query, filter: { condition: undefined, type, tag, status }, matched: 'all' as const };
  const steps = ladder(query, (...condition) => deps.index.print(...condition)).filter(
    ({ rung }) => rung !== 'fragments' || request.match === 'any',
  );
  let first: Omit<Matches, 'corrections'> | undefined;
  for (const step of steps) {
    const rung = { ...unconditional, ...onRung(unconditional.filter, step) };
    const total = await countMatches({ reads: deps.database.tables(), index: deps.index, filter: rung.filter });
    if (total > 0) return { ...rung, total };
    first ??= { ...rung, total };
  }
  if (first !== undefined) return first;
  if (isUnsearchable(query)) return { ...unconditional, total: 0 };
  const total = await countMatches({ reads: deps.database.tables(), index: deps.index, filter: unconditional.filter });
  return { ...unconditional, total };
}

function onRung(filter: SearchFilter, { rung, match }: LadderStep): Pick<Matches, 'filter' | 'matched'> {
  return { filter: { ...filter, condition: match }, matched: rung };
}

async function hitsOf(
  deps: SearchDeps,
  scored: readonly ScoredPosition[],
  query: Query,
): Promise<readonly SearchHit[]> {
  const entries = await findEntries(
    deps.database.tables<KnowledgeTables>(),
    'position',
    scored.map(({ position }) => position),
  );
  const byPosition = new Map(entries.map((entry) => [entry.position, entry]));
  return scored.flatMap(({ position, score }) => {
    const entry = byPosition.get(position);
    if (entry === undefined) return [];
    const { id, externalId, title, type, status, tags, lang, updatedAt } = entry;
    const excerpt = excerptOf(entry.body, query);
    return {
      id,
      ...(externalId === undefined ? {} : { externalId }),
      title,
      titleMarks: highlights(title, query),
      type,
      status,
      tags,
      lang,
      updatedAt,
      score: Number(score.toPrecision(6)),
      // One blank per line break keeps the marks where they are.
      snippet: excerpt.text.replaceAll(/\s/g, ' '),
      marks: excerpt.ranges,
    };
  });
}
