/** What is being typed could be: titles, tags and words, none of them of entries a search would not show. */
import { parseQuery, type Query, type QueryLeaf } from '#engines/lexis';

import type { Suggestions } from '../../contract/index.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { tagsBeginning } from '../../store/tag-store.ts';
import { wordsBeginning } from '../../store/word-store.ts';
import type { ReadingScope } from '../entries/reading-scope.ts';
import { narrowed } from './narrow-query.ts';
import type { AskedSearch, SearchDeps } from './search-request.ts';

/** How many of the newest titles are put in order. */
const among = 500;

export interface SuggestionRequest {
  readonly q: string;
  readonly limit: number;
}

interface AskedSuggestion extends SuggestionRequest {
  readonly scope: ReadingScope | undefined;
}

export async function suggestKnowledge(deps: SearchDeps, { scope, q, limit }: AskedSuggestion): Promise<Suggestions> {
  const typed = q.trim();
  if (typed === '') return { titles: [], tags: [], words: [] };
  const reads = deps.database.tables<KnowledgeTables>();
  const last = typed.split(/\s+/u).at(-1) ?? '';
  return {
    titles: await titlesLike(deps, parseQuery(typed), { scope, q: '', limit }),
    tags: await tagsBeginning(reads, scope, spellingsOf(typed), limit),
    words: last.length < 2 ? [] : await wordsBeginning(reads, last.normalize('NFKC').toLowerCase(), limit),
  };
}

async function titlesLike(deps: SearchDeps, query: Query, asked: AskedSearch): Promise<Suggestions['titles']> {
  if (query.wanted.length === 0) return [];
  const { database, index } = deps;
  const { limit } = asked;
  const condition = index.print(narrowed(inTitles(query), asked), 'phrase');
  if (condition === undefined) return [];
  const best = await index.best(database.tables(), condition, { limit, among });
  const positions = best.map(({ position }) => position);
  const entries = await findEntries(database.tables<KnowledgeTables>(), 'position', positions);
  const byPosition = new Map(entries.map((entry) => [entry.position, entry]));
  return positions.flatMap((position) => {
    const entry = byPosition.get(position);
    return entry === undefined ? [] : { id: entry.id, title: entry.title, type: entry.type };
  });
}

/** The last word may not be finished. */
function inTitles(query: Query): Query {
  const leaves = query.wanted.map(
    (leaf, place): QueryLeaf => ({ ...leaf, scope: 'title', unfinished: place === query.wanted.length - 1 }),
  );
  return { ...query, root: { kind: 'all', nodes: leaves } };
}

/** Tags are found by how they begin, as people may have written them. */
function spellingsOf(typed: string): readonly string[] {
  const form = typed.normalize('NFKC');
  const capital = form.charAt(0).toUpperCase() + form.slice(1);
  return [...new Set([form, form.toLowerCase(), form.toUpperCase(), capital])];
}
