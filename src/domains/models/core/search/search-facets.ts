/** What a search of the catalogue would find, counted by what people narrow it down with. */
import { instant } from '#kernel/brands';

import type { FacetQuery, FacetsAnswer } from '../../contract/index.ts';
import { countFacets } from '../../store/catalogue-search/catalogue-facets.ts';
import { labelFacets } from '../../store/catalogue-search/facet-labels.ts';
import { createVocabulary } from '../vocabulary/vocabulary.ts';
import { allOf } from './condition-nodes.ts';
import { seenNodes } from './search-seen.ts';
import type { SeenDeps } from './search-step.ts';

/**
 * The conditions are those of `searchSeen`, all of them: a chosen type is the only type in the answer.
 * @throws KuraError as `searchSeen` for its conditions
 */
export async function searchFacets(deps: SeenDeps, { most, ...query }: FacetQuery): Promise<FacetsAnswer> {
  const now = deps.clock.now();
  const vocabulary = (await deps.vocabulary?.()) ?? createVocabulary();
  const where = allOf(seenNodes(query, now, vocabulary));
  const counted = await countFacets(deps.database, { where, now: instant(new Date(now)), most });
  return { models: counted.models, facets: await labelFacets(deps.database, counted) };
}
