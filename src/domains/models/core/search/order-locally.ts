/** Beside a text the site sorts by relevance only, so an order that was asked for is made here, before cutting (trap 29). */
import { KuraError } from '#kernel/errors';

import type { SearchQuery } from '../../contract/index.ts';
import { type Candidate, publishedMs } from './search-filters.ts';

type Measure = (candidate: Candidate) => number;

const measures: Readonly<Record<string, Measure>> = {
  'Highest Rated': ({ model }) => model.stats?.thumbsUp ?? -1,
  'Most Liked': ({ model }) => model.stats?.thumbsUp ?? -1,
  'Most Downloaded': ({ model }) => model.stats?.downloads ?? -1,
  'Most Discussed': ({ model }) => model.stats?.comments ?? -1,
  Newest: (candidate) => newestMs(candidate),
  Oldest: (candidate) => -newestMs(candidate),
};

/**
 * The measure to order by, highest first; undefined when the site's own order is the one that was asked for.
 * @throws KuraError `models.sort-needs-browsing` for orders whose numbers the site keeps to itself.
 */
export function localOrder({ query, sort }: SearchQuery): Measure | undefined {
  if (sort === undefined || (query?.trim() ?? '') === '') return undefined;
  const measure = measures[sort];
  if (measure === undefined) throw new KuraError('invalid', 'models.sort-needs-browsing', { params: { sort } });
  return measure;
}

function newestMs({ versions }: Candidate): number {
  return Math.max(...versions.map(publishedMs));
}
