/** The index on SQLite: contentless FTS5 over terms made by lexis, ranked by BM25 (https://sqlite.org/fts5.html). */
import { sql } from 'kysely';

import { toFts5 } from '#engines/lexis';

import type { SearchIndex } from './search-index.ts';

export const fts5Index: SearchIndex = {
  print: toFts5,
  indexed: sql`(select id as position from knowledge_index_docsize)`,

  async add(tables, texts) {
    if (texts.length === 0) return;
    const rows = texts.map(({ position, title, tags, body }) => sql`(${position}, ${title}, ${tags}, ${body})`);
    await sql`insert into knowledge_index (rowid, title, tags, body) values ${sql.join(rows)}`.execute(tables);
  },

  async remove(tables, positions) {
    if (positions.length === 0) return;
    await sql`delete from knowledge_index where rowid in (${sql.join(positions)})`.execute(tables);
  },

  // bm25() is negative, the better the smaller.
  matches: (condition) => sql`(
    select rowid as position, -bm25(knowledge_index, 10.0, 5.0, 1.0) as score
    from knowledge_index where knowledge_index match ${condition}
  )`,

  async holds(reads, { position, title, body }) {
    const condition = `title : "${beginningOf(title)}" AND body : "${beginningOf(body)}"`;
    const found = await sql`
      select 1 from knowledge_index where rowid = ${position} and knowledge_index match ${condition}`.execute(reads);
    return found.rows.length > 0;
  },
};

/** Encoded terms hold neither quotes nor operators. */
function beginningOf(terms: string): string {
  return terms.split(' ', 12).join(' ');
}
