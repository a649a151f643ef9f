/** Search in two steps: the index finds candidates, then what stands in them decides about their order. */
import { highlights, type Query } from '#engines/lexis';

import type { SearchAnswer, SearchHit } from '../../contract/index.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { bestMatches, countTags, countTypes, type ScoredPosition, type Search } from '../../store/search-store.ts';
import { excerptOf } from './excerpt.ts';
import { findMatches, isUnsearchable, type Matches } from './find-matches.ts';
import { type RankedEntry, rankCandidates } from './rank-candidates.ts';
import type { SearchDeps, SearchRequest } from './search-request.ts';

const facetTags = 20;
/** How many of the best by the index are looked at closely. */
const candidates = 120;

export async function searchKnowledge(deps: SearchDeps, request: SearchRequest): Promise<SearchAnswer> {
  const start = deps.clock.monotonic();
  const found = await findMatches(deps, request);
  const { query, filter, total, matched, corrections } = found;
  const search = { reads: deps.database.tables<unknown>(), index: deps.index, filter };
  const page = { limit: request.limit, offset: request.offset ?? 0 };
  const ranked = total === 0 ? [] : await rankedPage(deps, search, found, page);
  const hits = ranked.map((one) => hitOf(one, query, request.explain === true));
  const facets = request.facets === true ? await facetsOf(search, query) : undefined;
  const ms = Math.round((deps.clock.monotonic() - start) * 10) / 10;
  const { ignored } = query;
  return { total, ms, matched, corrections, ignored, hits, ...(facets === undefined ? {} : { facets }) };
}

/** The best by the index are ordered anew by what stands in them; what comes behind those stays as the index has it. */
async function rankedPage(
  deps: SearchDeps,
  search: Search,
  { query, total }: Matches,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<readonly RankedEntry[]> {
  if (query.root === undefined || offset >= candidates) {
    return entriesOf(deps, await bestMatches(search, { limit, offset }));
  }
  const found = await entriesOf(deps, await bestMatches(search, { limit: candidates, offset: 0 }));
  const page = (await rankCandidates(deps, query, found)).slice(offset, offset + limit);
  const rest = limit - page.length;
  if (rest === 0 || total <= candidates) return page;
  return [...page, ...(await entriesOf(deps, await bestMatches(search, { limit: rest, offset: candidates })))];
}

async function entriesOf(deps: SearchDeps, scored: readonly ScoredPosition[]): Promise<readonly RankedEntry[]> {
  const positions = scored.map(({ position }) => position);
  const entries = await findEntries(deps.database.tables<KnowledgeTables>(), 'position', positions);
  const byPosition = new Map(entries.map((entry) => [entry.position, entry]));
  return scored.flatMap(({ position, score }) => {
    const entry = byPosition.get(position);
    return entry === undefined ? [] : { entry, score };
  });
}

async function facetsOf(search: Search, query: Query): Promise<NonNullable<SearchAnswer['facets']>> {
  if (isUnsearchable(query)) return { types: [], tags: [] };
  const { filter } = search;
  return {
    types: await countTypes({ ...search, filter: { ...filter, type: undefined } }),
    tags: await countTags(search, facetTags),
  };
}

function hitOf({ entry, score, parts }: RankedEntry, query: Query, explain: boolean): SearchHit {
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
    ...(explain && parts !== undefined ? { parts } : {}),
  };
}
