/**
 * The index on PostgreSQL: a tsvector per entry with title A, tags B, body D, and facts without a place. It is written as text instead of through
 * `to_tsvector`, because lexis has already made the terms, and because positions end at 16,383 there: behind that every
 * word would stand at the same place and no phrase would match. Here they begin anew instead.
 */
import { sql } from 'kysely';

import { toTsquery } from '#engines/lexis';

import type { PlacedText, SearchIndex } from './search-index.ts';

const lastPosition = 16_383;
/** PostgreSQL keeps no more per lexeme (https://www.postgresql.org/docs/current/textsearch-limitations.html). */
const mostPositions = 255;

export const tsvectorIndex: SearchIndex = {
  print: toTsquery,
  indexed: sql`(select position from knowledge_index)`,

  async add(tables, texts) {
    if (texts.length === 0) return;
    const rows = texts.map((text) => sql`(${text.position}::bigint, ${vectorOf(text)}::tsvector)`);
    await sql`insert into knowledge_index (position, terms) values ${sql.join(rows)}`.execute(tables);
  },

  async remove(tables, positions) {
    if (positions.length === 0) return;
    await sql`delete from knowledge_index where position in (${sql.join(positions)})`.execute(tables);
  },

  // The planner knows nothing of a table that was just filled.
  async tidy(tables) {
    await sql`analyze knowledge_index`.execute(tables);
    return false;
  },

  matches: (condition) => sql`(select position from knowledge_index where terms @@ ${condition}::tsquery)`,

  // Positions alone are sorted: with the vectors beside them, sorting would take longer than finding.
  scored: (condition, most) => sql`(
    select i.position, ts_rank('{0.1, 0.1, 0.5, 1.0}', i.terms, ${condition}::tsquery, 1) as score
    from (
      select position from knowledge_index where terms @@ ${condition}::tsquery order by position desc limit ${most}
    ) newest join knowledge_index i on i.position = newest.position
  )`,

  withEntryFacts: sql`join knowledge_entries e on e.position = m.position`,

  joinedPositions: (rows) => sql`(select string_agg(position::text, ' ') as positions from (${rows}) one)`,

  async holds(reads, text) {
    const found = await sql`
      select 1 from knowledge_index
      where position = ${text.position} and terms = ${vectorOf(text)}::tsvector`.execute(reads);
    return found.rows.length > 0;
  },
};

function vectorOf({ title, tags, body, facts }: PlacedText): string {
  const places = new Map<string, string[]>();
  let last = 0;
  for (const [terms, weight] of [
    [title, 'A'],
    [tags, 'B'],
    [body, 'D'],
  ] as const) {
    for (const term of terms.split(' ')) {
      last = (last % lastPosition) + 1;
      const ofTerm = places.get(term);
      if (ofTerm === undefined) places.set(term, [`${last}${weight}`]);
      else if (ofTerm.length < mostPositions) ofTerm.push(`${last}${weight}`);
    }
  }
  const ofFacts = facts.split(' ').map((fact) => `'${fact}'`);
  const ofTerms = [...places].map(([term, ofTerm]) => `'${term}':${ofTerm.join(',')}`);
  return [...ofTerms, ...ofFacts].join(' ');
}
