import { z } from 'zod';

import { digitStateSchema } from './status-shapes.ts';

/** In the order of the rule's name: 3, 2, 1, 1, 0. */
export const digitStatesSchema = z.object({
  copies: digitStateSchema,
  media: digitStateSchema,
  offsite: digitStateSchema,
  offline: digitStateSchema,
  errors: digitStateSchema,
});
