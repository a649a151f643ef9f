/**
 * A document as tsvector text; facts have no place, because only their presence counts. Positions end at 16,383 in PostgreSQL and begin anew here, else no phrase behind would match.
 */
import type { IndexDocument } from './derive-index.ts';

const LAST_POSITION = 16_383;
/** PostgreSQL keeps no more per lexeme (https://www.postgresql.org/docs/current/textsearch-limitations.html). */
const MOST_POSITIONS = 255;

export function vectorOf({ name, labels, words, about, facts }: IndexDocument): string {
  const places = new Map<string, string[]>();
  let last = 0;
  for (const terms of [name, labels, words, about]) {
    for (const term of terms.split(' ')) {
      if (term === '') continue;
      last = (last % LAST_POSITION) + 1;
      const ofTerm = places.get(term) ?? [];
      if (ofTerm.length < MOST_POSITIONS) ofTerm.push(`${last}`);
      places.set(term, ofTerm);
    }
  }
  const worded = [...places].map(([term, ofTerm]) => `'${term}':${ofTerm.join(',')}`);
  return [...worded, ...facts.split(' ').map((fact) => `'${fact}'`)].join(' ');
}
