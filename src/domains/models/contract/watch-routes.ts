/** Routes of saved searches and watches. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { collectQuerySchema } from './collecting-shapes.ts';
import {
  addWatchSchema,
  savedSearchSchema,
  searchNameSchema,
  watchFindingSchema,
  watchSchema,
} from './watch-shapes.ts';

const nameParams = z.strictObject({ name: searchNameSchema });
const removed = z.object({ removed: z.literal(true) });

/** A search of this name takes the new query over. */
export const saveSearch = defineRoute({
  id: 'models.save-search',
  method: 'PUT',
  path: '/api/v1/models/saved-searches/:name',
  access: 'models:write',
  params: nameParams,
  body: z.strictObject({ query: collectQuerySchema }),
  output: savedSearchSchema,
});

export const listSavedSearches = defineRoute({
  id: 'models.list-saved-searches',
  method: 'GET',
  path: '/api/v1/models/saved-searches',
  access: 'models:read',
  output: z.object({ items: z.array(savedSearchSchema).readonly() }),
});

export const readSavedSearch = defineRoute({
  id: 'models.read-saved-search',
  method: 'GET',
  path: '/api/v1/models/saved-searches/:name',
  access: 'models:read',
  params: nameParams,
  output: savedSearchSchema,
  errors: ['models.saved-search-not-found'],
});

export const removeSavedSearch = defineRoute({
  id: 'models.remove-saved-search',
  method: 'DELETE',
  path: '/api/v1/models/saved-searches/:name',
  access: 'models:write',
  params: nameParams,
  output: removed,
  errors: ['models.saved-search-not-found', 'models.saved-search-watched'],
});

export const addWatch = defineRoute({
  id: 'models.add-watch',
  method: 'POST',
  path: '/api/v1/models/watches',
  access: 'models:write',
  body: addWatchSchema,
  output: watchSchema,
  status: 201,
  errors: ['models.saved-search-not-found', 'models.watch-exists', 'schedule.bad-timing'],
});

export const listWatches = defineRoute({
  id: 'models.list-watches',
  method: 'GET',
  path: '/api/v1/models/watches',
  access: 'models:read',
  output: z.object({ items: z.array(watchSchema).readonly(), unseen: z.number().int() }),
});

/** As a job of the server, beside its schedule. */
export const runWatch = defineRoute({
  id: 'models.run-watch',
  method: 'POST',
  path: '/api/v1/models/watches/:name/run',
  access: 'models:download',
  params: nameParams,
  output: z.object({ jobId: z.string() }),
  status: 202,
  errors: ['models.watch-not-found'],
});

export const changeWatch = defineRoute({
  id: 'models.change-watch',
  method: 'PATCH',
  path: '/api/v1/models/watches/:name',
  access: 'models:write',
  params: nameParams,
  body: z.strictObject({ enabled: z.boolean() }),
  output: watchSchema,
  errors: ['models.watch-not-found'],
});

export const removeWatch = defineRoute({
  id: 'models.remove-watch',
  method: 'DELETE',
  path: '/api/v1/models/watches/:name',
  access: 'models:write',
  params: nameParams,
  output: removed,
  errors: ['models.watch-not-found'],
});

export const listFindings = defineRoute({
  id: 'models.list-findings',
  method: 'GET',
  path: '/api/v1/models/watches/:name/findings',
  access: 'models:read',
  params: nameParams,
  query: z.strictObject({
    only: z.enum(['all', 'unseen']).default('unseen'),
    limit: z.coerce.number().int().min(1).max(1000).default(50),
    cursor: z.string().max(200).optional(),
  }),
  /** Last found first. */
  output: z.object({ items: z.array(watchFindingSchema).readonly(), nextCursor: z.string().optional() }),
  errors: ['models.watch-not-found', 'models.bad-cursor'],
});

/** Marks findings up to this position as seen; without one all of them. */
export const markFindingsSeen = defineRoute({
  id: 'models.mark-findings-seen',
  method: 'POST',
  path: '/api/v1/models/watches/:name/seen',
  access: 'models:write',
  params: nameParams,
  body: z.strictObject({ upTo: z.number().int().min(0).optional() }),
  output: watchSchema,
  errors: ['models.watch-not-found'],
});
