/** Other engines over the same labelled texts, as typed: FTS5 would want exclusions in its own syntax. */
import { DatabaseSync } from 'node:sqlite';

import { create, insertMultiple, search } from '@orama/orama';
import MiniSearch from 'minisearch';
import { Client } from 'pg';

import { startPostgres } from '#stand-ins/postgres';

import type { QualityQuery, QualityText } from '../../src/engines/lexis/testing/quality-set.ts';

export interface Peer extends AsyncDisposable {
  readonly name: string;
  /** The ids of the first ten. */
  search(query: QualityQuery): Promise<readonly string[]>;
}

export async function openPeers(texts: readonly QualityText[]): Promise<readonly Peer[]> {
  return [openFts5('unicode61', texts), openFts5('trigram', texts), openMiniSearch(texts), await openOrama(texts)];
}

/** Words that all must match, as people type them. */
function wordsOf(text: string): readonly string[] {
  return text.split(/[\s"「」]+/u).filter((word) => word !== '');
}

function passes({ filter }: QualityQuery, text: QualityText | undefined): boolean {
  if (text === undefined) return false;
  return (
    (filter.type === undefined || text.type === filter.type) &&
    (filter.tag === undefined || text.tags.includes(filter.tag))
  );
}

function openFts5(tokenizer: 'unicode61' | 'trigram', texts: readonly QualityText[]): Peer {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE VIRTUAL TABLE entry USING fts5(id UNINDEXED, title, tags, body, tokenize = '${tokenizer}')`);
  const insert = database.prepare('INSERT INTO entry VALUES (?, ?, ?, ?)');
  for (const { id, title, tags, body } of texts) insert.run(id, title, tags.join(' '), body);
  const select = database.prepare('SELECT id FROM entry WHERE entry MATCH ? ORDER BY bm25(entry, 0, 10, 5, 1)');
  const byId = new Map(texts.map((text) => [text.id, text]));
  return {
    name: `SQLite FTS5 ${tokenizer}`,
    async search(query) {
      const match = wordsOf(query.text)
        .map((word) => `"${word}"`)
        .join(' ');
      const ids = select.all(match).map((row) => String(row['id']));
      return ids.filter((id) => passes(query, byId.get(id))).slice(0, 10);
    },
    async [Symbol.asyncDispose]() {
      database.close();
    },
  };
}

function openMiniSearch(texts: readonly QualityText[]): Peer {
  const index = new MiniSearch<QualityText>({ fields: ['title', 'tags', 'body'] });
  index.addAll(texts);
  const byId = new Map(texts.map((text) => [text.id, text]));
  return {
    name: 'MiniSearch (prefix, fuzzy 0.2)',
    async search(query) {
      const found = index.search(query.text, {
        prefix: true,
        fuzzy: 0.2,
        boost: { title: 10, tags: 5 },
        filter: ({ id }) => passes(query, byId.get(String(id))),
      });
      return found.slice(0, 10).map(({ id }) => String(id));
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function openOrama(texts: readonly QualityText[]): Promise<Peer> {
  const index = create({ schema: { id: 'string', title: 'string', tags: 'string[]', body: 'string' } });
  await insertMultiple(
    index,
    texts.map(({ id, title, tags, body }) => ({ id, title, tags: [...tags], body })),
  );
  const byId = new Map(texts.map((text) => [text.id, text]));
  return {
    name: 'Orama (tolerance 1)',
    async search(query) {
      const { hits } = await search(index, { term: query.text, tolerance: 1, limit: texts.length });
      return hits
        .map(({ document }) => document.id)
        .filter((id) => passes(query, byId.get(id)))
        .slice(0, 10);
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** Text search with the English dictionary, and similarity of trigrams, in a server of their own. */
export async function withPostgresPeers<T>(
  texts: readonly QualityText[],
  use: (peers: readonly Peer[]) => Promise<T>,
): Promise<T> {
  await using server = await startPostgres();
  const client = new Client({ connectionString: await server.createDatabase() });
  await client.connect();
  try {
    await client.query('create extension pg_trgm');
    await client.query('create table entry (id text primary key, type text, tags text[], title text, body text)');
    for (const { id, type, tags, title, body } of texts) {
      await client.query('insert into entry values ($1, $2, $3, $4, $5)', [id, type, tags, title, body]);
    }
    return await use([
      postgresPeer(client, 'PostgreSQL english', english),
      postgresPeer(client, 'PostgreSQL pg_trgm', trigrams),
    ]);
  } finally {
    await client.end();
  }
}

const english = {
  match: `(setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', array_to_string(tags, ' ')), 'B')
    || to_tsvector('english', body)) @@ websearch_to_tsquery('english', $1)`,
  score: `ts_rank(setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', array_to_string(tags, ' ')), 'B')
    || to_tsvector('english', body), websearch_to_tsquery('english', $1))`,
};
const trigrams = {
  match: `word_similarity($1, title || ' ' || array_to_string(tags, ' ') || ' ' || body) > 0.3`,
  score: `2 * word_similarity($1, title) + word_similarity($1, body)`,
};

function postgresPeer(client: Client, name: string, { match, score }: typeof english): Peer {
  return {
    name,
    async search({ text, filter }) {
      const { rows } = await client.query<{ id: string }>(
        `select id from entry where ${match} and ($2::text is null or type = $2) and ($3::text is null or $3 = any(tags))
        order by ${score} desc, id limit 10`,
        [text, filter.type ?? null, filter.tag ?? null],
      );
      return rows.map(({ id }) => id);
    },
    async [Symbol.asyncDispose]() {},
  };
}
