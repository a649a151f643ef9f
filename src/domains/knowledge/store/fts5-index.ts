/** The index on SQLite: contentless FTS5 over terms made by lexis, ranked by BM25 (https://sqlite.org/fts5.html). */
import { sql } from 'kysely';

import { toFts5 } from '#engines/lexis';
import type { Tables } from '#platform/db';

import type { ScoredPosition, SearchIndex } from './search-index.ts';

export const fts5Index: SearchIndex = {
  asking: () => fts5Index,
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

  async count(reads, condition) {
    const found = await sql<{ total: number }>`select count(*) as total from ${matches(condition)}`.execute(reads);
    return found.rows[0]?.total ?? 0;
  },

  async best(reads, condition, { limit, among }) {
    const found = await sql<ScoredPosition>`
      select m.position, m.score from ${scored(condition, among)} m
      order by m.score desc, m.position desc limit ${limit}`.execute(reads);
    return found.rows;
  },

  async firsts(reads, conditions, among) {
    if (conditions.length === 0) return new Map();
    const firsts = conditions.map(
      (condition, place) => sql`
        select * from (
          select cast(${place} as integer) as place, m.position from ${scored(condition, among)} m
          order by m.score desc, m.position desc limit 1
        ) ${sql.ref(`first_${place}`)}`,
    );
    const found = await sql<{ place: number; position: number }>`${sql.join(firsts, sql` union all `)}`.execute(reads);
    return new Map(found.rows.map(({ place, position }) => [conditions[place] ?? '', position]));
  },

  async further(reads, condition, before, { limit, offset }) {
    const others = before.length === 0 ? sql`` : sql`where m.position not in (${sql.join(before)})`;
    const found = await sql<ScoredPosition>`
      select m.position, m.score from ${scored(condition, all)} m ${others}
      order by m.score desc, m.position desc limit ${limit} offset ${offset}`.execute(reads);
    return found.rows;
  },

  async newest(reads, conditions, limit) {
    const answers: Array<readonly number[]> = [];
    for (const condition of conditions) {
      // As one text, numbers with blanks between them: cheaper by far than a row each.
      const found = await sql<{ positions: string | null }>`
        select group_concat(position, ' ') as positions from (
          select m.position from ${matches(condition)} m order by m.position desc limit ${limit}
        )`.execute(reads);
      answers.push((found.rows[0]?.positions ?? '').split(' ').filter(Boolean).map(Number));
    }
    return answers;
  },

  matched: async (_, condition) => matches(condition),

  // The planner would rather look each entry up by its position, and read the texts by the way.
  withEntryFacts: sql`join knowledge_entries e indexed by knowledge_entries_by_facts on e.position = m.position`,

  async holds(reads, { position, title, body, facts }) {
    const condition = `title : "${beginningOf(title)}" AND body : "${facts} ${beginningOf(body)}"`;
    const found = await sql`
      select 1 from knowledge_index where rowid = ${position} and knowledge_index match ${condition}`.execute(reads);
    return found.rows.length > 0;
  },
};

function matches(condition: string) {
  return sql`(select rowid as position from knowledge_index where knowledge_index match ${condition})`;
}

// bm25() is negative, the better the smaller.
function scored(condition: string, most: number) {
  return sql`(
    select rowid as position, -bm25(knowledge_index, 1.0, 10.0, 5.0) as score
    from knowledge_index where knowledge_index match ${condition} order by rowid desc limit ${most}
  )`;
}

/** More than any base holds. */
const all = 2 ** 31;

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
