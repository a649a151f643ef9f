/** Finds the strictest reading of a query that anything answers. */
import {
  type Correction,
  isOnePiece,
  isSentence,
  type LadderStep,
  ladder,
  parseQuery,
  type Query,
} from '#engines/lexis';

import type { EntryStatus, SearchAnswer } from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { countMatches, type SearchFilter } from '../../store/search-store.ts';
import { correctSpelling } from './correct-spelling.ts';
import type { SearchDeps, SearchRequest } from './search-request.ts';

export interface Matches {
  readonly query: Query;
  readonly filter: SearchFilter;
  readonly total: number;
  readonly matched: SearchAnswer['matched'];
  readonly corrections: readonly Correction[];
}

type Found = Omit<Matches, 'corrections'>;

const current: readonly EntryStatus[] = ['draft', 'published'];
/** With as many hits that stand as typed, nobody misses those where the words are scattered. */
const enough = 10;

export async function findMatches(deps: SearchDeps, request: SearchRequest): Promise<Matches> {
  const typed = parseQuery(request.q);
  const asTyped = await withAllWords(deps, request, typed);
  if (asTyped.total >= enough || (asTyped.total > 0 && !isSentence(typed))) return { ...asTyped, corrections: [] };
  if (asTyped.total > 0) return { ...((await withSomeWords(deps, request, typed)) ?? asTyped), corrections: [] };
  const corrected = await correctSpelling(typed, deps.database.tables<KnowledgeTables>());
  const mended = corrected === undefined ? undefined : await withAllWords(deps, request, corrected.query);
  const corrections = corrected?.corrections ?? [];
  if (mended !== undefined && mended.total > 0) return { ...mended, corrections };
  const partly = await withSomeWords(deps, request, corrected?.query ?? typed);
  return partly === undefined ? { ...asTyped, corrections: [] } : { ...partly, corrections };
}

/** Something was typed, but nothing in it can be searched for; that finds nothing, not everything. */
export function isUnsearchable({ root, ignored }: Query): boolean {
  return root === undefined && ignored.length > 0;
}

/** As typed if that is enough, else word by word, else by other words for them. */
async function withAllWords(deps: SearchDeps, request: SearchRequest, query: Query): Promise<Found> {
  const steps = stepsOf(deps, query).filter(({ rung }) => rung !== 'some' && rung !== 'fragments');
  let best: Found | undefined;
  for (const step of steps) {
    if (best !== undefined && best.total > 0 && step.rung !== 'words') break;
    const found = await onRung(deps, request, query, step);
    if (best === undefined || found.total > best.total) best = found;
    if (best.total >= enough) break;
  }
  if (best !== undefined) return best;
  const unconditional = { query, filter: filterOf(request, undefined), matched: 'all' as const };
  return { ...unconditional, total: isUnsearchable(query) ? 0 : await count(deps, unconditional.filter) };
}

/** For sentences, and for who asked for it; keywords that are not all there are better not found. */
async function withSomeWords(deps: SearchDeps, request: SearchRequest, query: Query): Promise<Found | undefined> {
  if (request.match !== 'any' && !isSentence(query) && !isOnePiece(query)) return undefined;
  for (const step of stepsOf(deps, query).filter(({ rung }) => rung === 'some' || rung === 'fragments')) {
    const found = await onRung(deps, request, query, step);
    if (found.total > 0) return found;
  }
  return undefined;
}

function stepsOf(deps: SearchDeps, query: Query): readonly LadderStep[] {
  return ladder(query, (...condition) => deps.index.print(...condition));
}

async function onRung(deps: SearchDeps, request: SearchRequest, query: Query, step: LadderStep): Promise<Found> {
  const filter = filterOf(request, step.match);
  const matched = step.rung === 'some' ? 'fragments' : step.rung;
  return { query, filter, matched, total: await count(deps, filter) };
}

function filterOf({ type, tag, status = current }: SearchRequest, condition: string | undefined): SearchFilter {
  return { condition, type, tag, status };
}

function count({ database, index }: SearchDeps, filter: SearchFilter): Promise<number> {
  return countMatches({ reads: database.tables(), index, filter });
}
