/** Routes of sweeps. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { sweepNameSchema, sweepPlanSchema, sweepReportSchema, sweepSchema } from './sweep-shapes.ts';

const nameParams = z.strictObject({ name: sweepNameSchema });

export const planSweep = defineRoute({
  id: 'models.plan-sweep',
  method: 'POST',
  path: '/api/v1/models/sweeps',
  access: 'models:download',
  body: sweepPlanSchema,
  output: sweepSchema,
  status: 201,
  errors: ['models.sweep-exists', 'models.sweep-too-large'],
});

export const listSweeps = defineRoute({
  id: 'models.list-sweeps',
  method: 'GET',
  path: '/api/v1/models/sweeps',
  access: 'models:read',
  output: z.object({ items: z.array(sweepSchema).readonly() }),
});

/** Plan, cells and what they found, and how much they overlap; while it runs and afterwards. */
export const readSweep = defineRoute({
  id: 'models.read-sweep',
  method: 'GET',
  path: '/api/v1/models/sweeps/:name',
  access: 'models:read',
  params: nameParams,
  output: sweepReportSchema,
  errors: ['models.sweep-not-found'],
});

/** As a job of the server: one cell after another, each where it stopped; `refresh` begins every cell anew. */
export const startSweep = defineRoute({
  id: 'models.start-sweep',
  method: 'POST',
  path: '/api/v1/models/sweeps/:name/run',
  access: 'models:download',
  params: nameParams,
  body: z.strictObject({ refresh: z.boolean().default(false) }),
  output: sweepSchema,
  status: 202,
  errors: ['models.sweep-not-found'],
});

/** Stops after the page that is being read. */
export const stopSweep = defineRoute({
  id: 'models.stop-sweep',
  method: 'POST',
  path: '/api/v1/models/sweeps/:name/stop',
  access: 'models:download',
  params: nameParams,
  output: sweepSchema,
  errors: ['models.sweep-not-found'],
});

export const removeSweep = defineRoute({
  id: 'models.remove-sweep',
  method: 'DELETE',
  path: '/api/v1/models/sweeps/:name',
  access: 'models:download',
  params: nameParams,
  output: z.object({ removed: z.literal(true) }),
  errors: ['models.sweep-not-found'],
});
