/** What the creators of the library's models permit and ask for (M-173). Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { licenceSchema } from './search-shapes.ts';

/**
 * - `name-creator`: the creator wants to be named;
 * - `no-derivatives`: merges must not be shared;
 * - `same-terms`: what is derived must carry the same permissions;
 * - `no-commercial-use`: none of the commercial rights is granted;
 * - `unknown`: at least one permission was not said, which is no permission.
 */
export const licenceDuties = ['name-creator', 'no-derivatives', 'same-terms', 'no-commercial-use', 'unknown'] as const;
export const licenceDutySchema = z.enum(licenceDuties);
export type LicenceDuty = (typeof licenceDuties)[number];

export const licensedModelSchema = z.object({
  modelId: z.number().int(),
  name: z.string(),
  creator: z.string().nullable(),
  pageUrl: z.string(),
  /** As seen last; everything null when nothing of the model was ever seen. */
  license: licenceSchema,
  duties: z.array(licenceDutySchema).readonly(),
  /** File names in the library. */
  files: z.array(z.string()).readonly(),
  /** When the site last said so; null = never. */
  seenAt: z.string().nullable(),
});
export type LicensedModel = z.output<typeof licensedModelSchema>;

/** From the catalogue alone: the site is not asked. */
export const listLicences = defineRoute({
  id: 'models.list-licences',
  method: 'GET',
  path: '/api/v1/models/licences',
  access: 'models:read',
  query: z.strictObject({
    /** Models per answer. */
    limit: z.coerce.number().int().min(1).max(500).default(100),
    /** `nextCursor` of the answer before. */
    cursor: z.coerce.number().int().min(0).optional(),
  }),
  /** In the order of the ids. */
  output: z.object({ items: z.array(licensedModelSchema).readonly(), nextCursor: z.string().optional() }),
});
