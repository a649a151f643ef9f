/** Recall@10 of one way of searching over the labelled set, on a real FTS5 table in memory. */
import { DatabaseSync } from 'node:sqlite';

import {
  analyse,
  correctQuery,
  createVocabulary,
  indexText,
  ladder,
  parseQuery,
  toFts5,
  type Vocabulary,
} from '../index.ts';
import { type LabelledQuery, type LabelledText, labelledQueries, labelledTexts } from './labelled-set.ts';

/** One way of searching: how texts are stored, and the MATCH expressions to try until one finds something. */
export interface SearchWay {
  readonly tokenizer: 'unicode61' | 'trigram';
  readonly stored: (text: string) => string;
  readonly expressions: (query: string) => readonly string[];
}

export interface Recall {
  readonly overall: number;
  readonly byKind: ReadonlyMap<LabelledQuery['kind'], number>;
  /** Queries that did not find all, with what they found. */
  readonly incomplete: ReadonlyArray<{ readonly query: string; readonly found: readonly string[] }>;
}

export function lexisWay(): SearchWay {
  const vocabulary = vocabularyOf(labelledTexts);
  return {
    tokenizer: 'unicode61',
    stored: indexText,
    expressions: (text) => {
      const typed = parseQuery(text);
      const query = correctQuery(typed, vocabulary)?.query ?? typed;
      return ladder(query, toFts5).map((step) => step.match);
    },
  };
}

/** FTS5 as it comes: every blank-separated word quoted, all must match. */
export function plainWay(tokenizer: SearchWay['tokenizer']): SearchWay {
  return {
    tokenizer,
    stored: (text) => text,
    expressions: (text) => {
      const words = text
        .replace(/["「」]/g, ' ')
        .split(/\s+/u)
        .filter((word) => word !== '');
      const quoted = /["「]/.test(text) ? [words.join(' ')] : words;
      return [quoted.map((word) => `"${word}"`).join(' ')];
    },
  };
}

export function measureRecall(way: SearchWay): Recall {
  using database = filledDatabase(way);
  const select = database.prepare('SELECT id FROM entry WHERE entry MATCH ? ORDER BY bm25(entry, 0, 10, 1) LIMIT 10');
  const results = labelledQueries.map((query) => {
    const found = firstHits(way.expressions(query.text), (match) => select.all(match).map((row) => String(row['id'])));
    const hits = query.relevant.filter((id) => found.includes(id)).length;
    return { query, found, recall: hits / Math.min(10, query.relevant.length) };
  });
  const kinds = Map.groupBy(results, (result) => result.query.kind);
  return {
    overall: mean(results.map((result) => result.recall)),
    byKind: new Map([...kinds].map(([kind, group]) => [kind, mean(group.map((result) => result.recall))])),
    incomplete: results.flatMap(({ query, found, recall }) => (recall < 1 ? [{ query: query.text, found }] : [])),
  };
}

function filledDatabase({ tokenizer, stored }: SearchWay): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE VIRTUAL TABLE entry USING fts5(id UNINDEXED, title, body, tokenize = '${tokenizer}')`);
  const insert = database.prepare('INSERT INTO entry (id, title, body) VALUES (?, ?, ?)');
  for (const { id, title, body } of labelledTexts) insert.run(id, stored(title), stored(body));
  return database;
}

function firstHits(matches: readonly string[], run: (match: string) => readonly string[]): readonly string[] {
  for (const match of matches) {
    const hits = run(match);
    if (hits.length > 0) return hits;
  }
  return [];
}

function vocabularyOf(texts: readonly LabelledText[]): Vocabulary {
  const frequencies = new Map<string, number>();
  for (const { title, body } of texts) {
    const words = analyse(`${title}\n${body}`).filter((term) => term.kind === 'word');
    for (const word of new Set(words.map((term) => term.surface)))
      frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  }
  return createVocabulary(frequencies);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
