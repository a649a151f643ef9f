/** Search in two steps: the index finds candidates, then what stands in them decides about their order. */
import { highlights, type Query, ratedWords } from '#engines/lexis';

import { entryStatuses, type SearchAnswer, type SearchHit } from '../../contract/index.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { ScoredPosition, Slice } from '../../store/search-index.ts';
import { type EntryOrder, orderedEntries, orderedMatches } from '../../store/search-store.ts';
import { excerptOf } from './excerpt.ts';
import { findMatches, type Matches } from './find-matches.ts';
import { pickCandidates } from './pick-candidates.ts';
import { type RankedEntry, rankCandidates } from './rank-candidates.ts';
import { countFacets } from './search-facets.ts';
import type { AskedSearch, SearchDeps } from './search-request.ts';
import { countWords } from './word-counts.ts';
import { type RatedWord, rateWords } from './word-rarity.ts';

export async function searchKnowledge(deps: SearchDeps, request: AskedSearch): Promise<SearchAnswer> {
  return (await searchClosely(deps, request)).answer;
}

export interface CloseSearch {
  readonly answer: SearchAnswer;
  /** As typed or mended: what the hits answer. */
  readonly query: Query;
  /** Of that query; none where a single word was asked for. */
  readonly words: readonly RatedWord[];
}

/** With what the hits were rated by, for whoever goes on reading in them. */
export async function searchClosely(asked: SearchDeps, request: AskedSearch): Promise<CloseSearch> {
  const deps = { ...asked, index: asked.index.asking() };
  const start = deps.clock.monotonic();
  const matches = await findMatches(deps, request);
  const { query, total, matched, corrections, tried } = matches;
  const rated = total === 0 ? [] : await ratedWordsOf(deps, query);
  const ranked = total === 0 ? [] : await rankedPage(deps, request, { ...matches, words: rated });
  const hits = ranked.map((one) => hitOf(one, query, request.explain === true));
  const facets = request.facets === true ? await countFacets(deps, request, matches) : undefined;
  const words = total === 0 ? await countWords(deps, matches) : [];
  const ms = Math.round((deps.clock.monotonic() - start) * 10) / 10;
  const { ignored, literal } = query;
  const told = { total, ms, matched, corrections, ignored, literal, tried, words, hits };
  return { answer: facets === undefined ? told : { ...told, facets }, query, words: rated };
}

/** A single word weighs as much as itself. */
async function ratedWordsOf(deps: SearchDeps, query: Query): Promise<readonly RatedWord[]> {
  return ratedWords(query).length < 2 ? [] : await rateWords(deps, query);
}

interface RatedMatches extends Matches {
  readonly words: readonly RatedWord[];
}

async function rankedPage(
  deps: SearchDeps,
  request: AskedSearch,
  matches: RatedMatches,
): Promise<readonly RankedEntry[]> {
  const page = { limit: request.limit, offset: request.offset ?? 0 };
  const { sort = 'relevance' } = request;
  if (matches.query.wanted.length > 0 && sort === 'relevance') return await pageByRelevance(deps, matches, page);
  return await entriesOf(deps, await inOrder(deps, request, matches, sort === 'relevance' ? 'updated' : sort));
}

/** The candidates are ordered anew by what stands in them; what comes behind those stays as the index has it. */
async function pageByRelevance(
  deps: SearchDeps,
  matches: RatedMatches,
  { limit, offset }: Slice,
): Promise<readonly RankedEntry[]> {
  const { words } = matches;
  const candidates = await pickCandidates(deps, matches, words);
  const rest = Math.max(0, offset + limit - candidates.length);
  const page =
    offset >= candidates.length
      ? []
      : rankCandidates(matches.query, await findPositions(deps, candidates), words).slice(offset, offset + limit);
  if (rest === 0 || matches.total <= candidates.length) return page;
  const behind = { limit: limit - page.length, offset: Math.max(0, offset - candidates.length) };
  return [
    ...page,
    ...(await entriesOf(deps, await deps.index.further(deps.database.tables(), matches.condition, candidates, behind))),
  ];
}

async function inOrder(
  { database, index }: SearchDeps,
  { scope, q, type, tag = [], status, limit, offset = 0 }: AskedSearch,
  { condition }: Matches,
  order: EntryOrder,
): Promise<readonly ScoredPosition[]> {
  const isEverything = q.trim() === '' && type === undefined && tag.length === 0;
  const reads = database.tables<unknown>();
  return isEverything
    ? await orderedEntries(reads, { scope, status: status ?? current }, { order, limit, offset })
    : await orderedMatches({ reads, index, condition }, order, { limit, offset });
}

const current = entryStatuses.filter((status) => status !== 'archived');

async function findPositions({ database }: SearchDeps, positions: readonly number[]) {
  return await findEntries(database.tables<KnowledgeTables>(), 'position', positions);
}

async function entriesOf(deps: SearchDeps, scored: readonly ScoredPosition[]): Promise<readonly RankedEntry[]> {
  const entries = await findPositions(
    deps,
    scored.map(({ position }) => position),
  );
  const byPosition = new Map(entries.map((entry) => [entry.position, entry]));
  return scored.flatMap(({ position, score }) => {
    const entry = byPosition.get(position);
    return entry === undefined ? [] : { entry, score };
  });
}

function hitOf({ entry, score, parts }: RankedEntry, query: Query, explain: boolean): SearchHit {
  const { id, externalId, title, type, status, tags, lang, updatedAt, createdBy, owner, severity } = entry;
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
    author: createdBy,
    ...(owner === null ? {} : { owner }),
    ...(severity === null ? {} : { severity }),
    score: Number(score.toPrecision(6)),
    // One blank per line break keeps the marks where they are.
    snippet: excerpt.text.replaceAll(/\s/g, ' '),
    snippetAt: excerpt.source.start,
    marks: excerpt.ranges,
    ...(explain && parts !== undefined ? { parts } : {}),
  };
}
