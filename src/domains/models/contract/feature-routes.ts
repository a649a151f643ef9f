/** Routes of the feature registry. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { apiFeatureSchema, apiFeaturesSchema, featureChoiceSchema } from './feature-shapes.ts';

const params = z.strictObject({ id: z.string().min(1).max(100) });

export const listApiFeatures = defineRoute({
  id: 'models.list-api-features',
  method: 'GET',
  path: '/api/v1/models/features',
  access: 'models:read',
  output: apiFeaturesSchema,
});

/** A person's word counts more than the mode and what was counted. */
export const chooseApiFeature = defineRoute({
  id: 'models.choose-api-feature',
  method: 'POST',
  path: '/api/v1/models/features/:id/choice',
  access: 'models:write',
  params,
  body: z.strictObject({ choice: featureChoiceSchema }),
  output: apiFeatureSchema,
  errors: ['models.feature-unknown'],
});

/** Asks the site twice, unless the last outcome still holds. */
export const probeApiFeature = defineRoute({
  id: 'models.probe-api-feature',
  method: 'POST',
  path: '/api/v1/models/features/:id/probe',
  access: 'models:write',
  params,
  body: z.strictObject({ again: z.boolean().default(false) }),
  output: apiFeatureSchema,
  errors: ['models.feature-unknown', 'models.feature-without-probe', 'civitai.server-error'],
});
