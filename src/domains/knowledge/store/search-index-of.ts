import type { Dialect } from '#platform/db';

import { fts5Index } from './fts5-index.ts';
import { createPostingIndex } from './postings/posting-index.ts';
import type { SearchIndex } from './search-index.ts';

export function searchIndexOf(dialect: Dialect): SearchIndex {
  return dialect === 'sqlite' ? fts5Index : createPostingIndex();
}
