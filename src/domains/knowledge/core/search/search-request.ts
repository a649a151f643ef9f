/** What is asked, and what it is asked of. */
import type { Clock } from '#kernel/clock';
import type { Database } from '#platform/db';

import type { EntryStatus, EntryType } from '../../contract/index.ts';
import type { SearchIndex } from '../../store/search-index.ts';

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
}

export interface SearchDeps {
  readonly database: Database;
  readonly index: SearchIndex;
  readonly clock: Clock;
}
