/** What collecting, and whatever is made of collections, needs. */
import type { Clock } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Database } from '#platform/db';
import type { UnitOfWork } from '#platform/unit-of-work';

import type { SearchQuery } from '../../contract/index.ts';
import type { SearchStep } from '../search/search-pages.ts';

export interface CollectingDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** The pages of a search from its cursor to the end; what they show is in the catalogue when they come. */
  readonly walk: (query: SearchQuery, signal: AbortSignal) => AsyncIterable<SearchStep>;
  readonly folders: { readonly run: string };
  /** Words of the command that runs, for those who find a collection locked. */
  readonly command: string;
}
