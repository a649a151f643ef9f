/** The index on SQLite: contentless FTS5 over terms made by lexis, ranked by BM25 (https://sqlite.org/fts5.html). */
import { sql } from 'kysely';

import { toFts5 } from '#engines/lexis';
import type { Tables } from '#platform/db';

import type { SearchIndex } from './search-index.ts';

export const fts5Index: SearchIndex = {
  print: toFts5,
  indexed: sql`(select id as position from knowledge_index_docsize)`,

  async add(tables, texts) {
    if (texts.length === 0) return;
    // Facts open the body instead of having a column of their own, which would cost two bytes more for each.
    const rows = texts.map(
      ({ position, body, title, tags, facts }) => sql`(${position}, ${`${facts} ${body}`}, ${title}, ${tags})`,
    );
    await sql`insert into knowledge_index (rowid, body, title, tags) values ${sql.join(rows)}`.execute(tables);
  },

  async remove(tables, positions) {
    if (positions.length === 0) return;
    await sql`delete from knowledge_index where rowid in (${sql.join(positions)})`.execute(tables);
  },

  // Negative: all segments become one; then on with that (sqlite.org/fts5.html#the_merge_command).
  async tidy(tables, step) {
    const pages = sql.lit(step === 0 ? -pagesPerStep : pagesPerStep);
    const before = await changesSoFar(tables);
    await sql`insert into knowledge_index (knowledge_index, rank) values ('merge', ${pages})`.execute(tables);
    return (await changesSoFar(tables)) - before >= 2;
  },

  matches: (condition) => sql`(select rowid as position from knowledge_index where knowledge_index match ${condition})`,

  // bm25() is negative, the better the smaller.
  scored: (condition, most) => sql`(
    select rowid as position, -bm25(knowledge_index, 1.0, 10.0, 5.0) as score
    from knowledge_index where knowledge_index match ${condition} order by rowid desc limit ${most}
  )`,

  // The planner would rather look each entry up by its position, and read the texts by the way.
  withEntryFacts: sql`join knowledge_entries e indexed by knowledge_entries_by_facts on e.position = m.position`,

  joinedPositions: (rows) => sql`(select group_concat(position, ' ') as positions from (${rows}))`,

  async holds(reads, { position, title, body, facts }) {
    const condition = `title : "${beginningOf(title)}" AND body : "${facts} ${beginningOf(body)}"`;
    const found = await sql`
      select 1 from knowledge_index where rowid = ${position} and knowledge_index match ${condition}`.execute(reads);
    return found.rows.length > 0;
  },
};

/** A tenth of a second, about. */
const pagesPerStep = 1000;

async function changesSoFar(tables: Tables<unknown>): Promise<number> {
  const { rows } = await sql<{ changes: number }>`select total_changes() as changes`.execute(tables);
  return rows[0]?.changes ?? 0;
}

/** Encoded terms hold neither quotes nor operators. */
function beginningOf(terms: string): string {
  return terms.split(' ', 12).join(' ');
}
