/**
 * Answers a question with passages of entries, cited word for word (K-079, K-097). No passage that speaks of enough of what
 * was asked: that is the answer, too. Nothing is written here that does not stand in an entry.
 */
import { createRelevance, highlights, type Query } from '#engines/lexis';

import type { KnowledgeAnswer, Passage, SearchAnswer } from '../../contract/index.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { Entry } from '../entries/entry-content.ts';
import { type CloseSearch, searchClosely } from '../search/search-knowledge.ts';
import type { AskedSearch, SearchDeps } from '../search/search-request.ts';
import { passagesOf } from './passages-of.ts';

export interface Question {
  readonly q: string;
  readonly limit: number;
}

/** Entries that are read closely. */
const mostRead = 8;
const mostPerEntry = 2;
/** What covers less of the question speaks of something else; chosen on the dev part of the labelled set. */
const leastCoverage = 0.4;
/** The part of `createRelevance` that coverage can reach. */
const fullCoverage = 10;

export interface AskedQuestion extends Question, Pick<AskedSearch, 'scope' | 'tagNames'> {}

/** With the search behind it, for the note of what nobody could answer. */
export async function askKnowledge(
  deps: SearchDeps,
  { q, limit, ...asked }: AskedQuestion,
): Promise<{ readonly answer: Omit<KnowledgeAnswer, 'faq' | 'escalation'>; readonly search: SearchAnswer }> {
  const start = deps.clock.monotonic();
  const close = await searchClosely(deps, { ...asked, q, limit: mostRead, match: 'any' });
  const search = close.answer;
  const entries = await findEntries(
    deps.database.tables<KnowledgeTables>(),
    'id',
    search.hits.map(({ id }) => id),
  );
  const rated = ratedPassages(close, entries);
  const passages = rated.filter(({ passage }) => passage.coverage >= leastCoverage);
  const found = bestOfEach(passages).slice(0, limit);
  const near = found.length > 0 ? [] : search.hits.slice(0, limit).map(({ id, title }) => ({ id, title }));
  const ms = Math.round((deps.clock.monotonic() - start) * 10) / 10;
  return { answer: { found: found.length > 0, passages: found, near, ms }, search };
}

interface RatedPassage {
  readonly passage: Passage;
  readonly score: number;
}

/** By the question as the search understood it: what was misspelt is judged by what was meant. */
function ratedPassages({ query, words }: CloseSearch, entries: readonly Entry[]): readonly RatedPassage[] {
  const rarities = new Map(words.map(({ word, rarity }) => [word, rarity]));
  const relevanceOf = createRelevance(query, (word) => rarities.get(word) ?? 1);
  return entries
    .flatMap((entry) =>
      passagesOf(entry.body).map(({ heading, text, start, end }) => {
        const { score, parts } = relevanceOf({
          title: `${entry.title}\n${heading ?? ''}`,
          tags: entry.tags,
          body: text,
        });
        const coverage = Math.round((parts.coverage / fullCoverage) * 1000) / 1000;
        return { score, passage: { ...citationOf(entry, query, text), heading, start, end, coverage } };
      }),
    )
    .toSorted((a, b) => b.score - a.score);
}

function citationOf(entry: Entry, query: Query, text: string): Pick<Passage, 'entry' | 'text' | 'marks'> {
  const { id, title, type, status, lang, updatedAt, owner } = entry;
  return { entry: { id, title, type, status, lang, updatedAt, owner }, text, marks: highlights(text, query) };
}

/** An entry that speaks of nothing else must not be the only one to speak. */
function bestOfEach(rated: readonly RatedPassage[]): readonly Passage[] {
  const counts = new Map<string, number>();
  return rated.flatMap(({ passage }) => {
    const { id } = passage.entry;
    const before = counts.get(id) ?? 0;
    counts.set(id, before + 1);
    return before < mostPerEntry ? passage : [];
  });
}
