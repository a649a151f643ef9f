/** What the catalogue holds of an answer, counted by what people narrow it down with. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { searchConditionShape, searchQuerySchema } from './search-query.ts';
import { periodSchema } from './vocabulary.ts';

/** The order in which people look at them; each is also the name of the condition that narrows a search down. */
export const facetNames = ['type', 'base', 'tag', 'creator', 'nsfw'] as const;
export type FacetName = (typeof facetNames)[number];

export const facetQuerySchema = z.strictObject({
  /** In the query language, as for `source: catalogue`. */
  query: searchQuerySchema.shape.query,
  ...searchConditionShape,
  period: periodSchema.optional(),
  /** Values of each facet that are told, the most frequent ones. */
  most: z.coerce.number().int().min(1).max(200).default(20),
});
export type FacetQuery = z.output<typeof facetQuerySchema>;

const countsSchema = z
  .array(
    z.object({
      /** As the site spells it; ratings are `safe` and `adult`. */
      value: z.string(),
      /** Each model counts once, whichever of its versions have it. */
      models: z.number().int(),
    }),
  )
  .readonly();

export const facetsAnswerSchema = z.object({
  /** All that the conditions let through. */
  models: z.number().int(),
  facets: z.object({
    type: countsSchema,
    base: countsSchema,
    tag: countsSchema,
    creator: countsSchema,
    nsfw: countsSchema,
  }),
});
export type FacetsAnswer = z.output<typeof facetsAnswerSchema>;

/** Of the catalogue, exactly, over everything the conditions let through; the site is not asked. */
export const searchFacets = defineRoute({
  id: 'models.search-facets',
  method: 'GET',
  path: '/api/v1/models/search/facets',
  access: 'models:read',
  query: facetQuerySchema,
  output: facetsAnswerSchema,
  errors: ['models.only-the-site', 'models.unknown-family'],
});
