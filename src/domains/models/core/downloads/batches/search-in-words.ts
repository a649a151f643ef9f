/** A search as one line, for people and records. */
import { type SearchQuery, searchQuerySchema } from '../../../contract/index.ts';

/** Each condition by its name, as in the address of the search page; what is at its default says nothing, `*` is all. */
export function searchInWords(search: SearchQuery): string {
  const defaults = new Map<string, unknown>(Object.entries(searchQuerySchema.parse({})));
  const words = Object.entries(search)
    .filter(([name, value]) => value !== undefined && name !== 'cursor' && value !== defaults.get(name))
    .map(([name, value]) => (name === 'query' ? `“${search.query}”` : `${name}: ${listed(value)}`))
    .join(' · ');
  return words === '' ? '*' : words;
}

function listed(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}
