/** What is asked, and what it is asked of. */
import type { Clock } from '#kernel/clock';
import type { Database } from '#platform/db';

import type { EntryStatus, EntryType, SearchOrder } from '../../contract/index.ts';
import type { SearchIndex } from '../../store/search-index.ts';
import type { ReadingScope } from '../entries/reading-scope.ts';
import type { TagNames } from '../tags/tag-names.ts';

export interface SearchRequest {
  readonly q: string;
  readonly type?: readonly EntryType[] | undefined;
  /** All of them. */
  readonly tag?: readonly string[] | undefined;
  /** Default: everything that is not archived. */
  readonly status?: readonly EntryStatus[] | undefined;
  readonly limit: number;
  readonly offset?: number;
  /** `any` adds a last step where some of the words are enough. */
  readonly match?: 'all' | 'any';
  readonly facets?: boolean;
  /** Adds to each hit what its score is made of. */
  readonly explain?: boolean;
  /** Somebody is still typing: not noted when nothing is found. */
  readonly typing?: boolean;
  /** Default: by relevance, or without words last changed first. */
  readonly sort?: SearchOrder | undefined;
}

/** A request with who asks. */
export interface AskedSearch extends SearchRequest {
  readonly scope: ReadingScope | undefined;
  readonly tagNames?: TagNames;
}

export interface SearchDeps {
  readonly database: Database;
  readonly index: SearchIndex;
  readonly clock: Clock;
}
