/** Counts of what the catalogue holds. */
import { sameOptions } from './same-options.ts';
import { searchEn } from './search.en.ts';

const options = sameOptions(searchEn, 'cli.models.facets');

export const facetsEn = {
  ...options,
  'cli.models.facets': 'count what the catalogue holds by type, base model, tag, creator and rating',
  'cli.models.facets.query': 'query of the query language',
  'cli.models.facets.most': 'values of each that are told, the most frequent ones; default 20',
  'cli.models.facets.models': '{count, count(one: model; other: models)}',
  'cli.models.facets.type': 'Type',
  'cli.models.facets.base': 'Base model',
  'cli.models.facets.tag': 'Tag',
  'cli.models.facets.creator': 'Creator',
  'cli.models.facets.nsfw': 'Rating',
  'cli.models.facets.nsfw.safe': 'for everybody',
  'cli.models.facets.nsfw.adult': 'adults only, or not rated',
  'route.models.search-facets': 'Count what the catalogue holds by type, base model, tag, creator and rating',
} as const;
