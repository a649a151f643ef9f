/** Routes of collections. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import {
  collectionItemSchema,
  collectionSchema,
  collectionStatusSchema,
  startCollectionSchema,
  startedCollectionSchema,
} from './collecting-shapes.ts';

const idParams = z.strictObject({ id: z.uuid() });
const pageQuery = {
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
};

/** The server reads the search to its end as a job, or goes on with one that was broken off. */
export const startCollection = defineRoute({
  id: 'models.start-collection',
  method: 'POST',
  path: '/api/v1/models/collections',
  access: 'models:download',
  body: startCollectionSchema,
  output: startedCollectionSchema,
  status: 202,
  errors: ['models.nothing-to-resume'],
});

export const listCollections = defineRoute({
  id: 'models.list-collections',
  method: 'GET',
  path: '/api/v1/models/collections',
  access: 'models:read',
  query: z.strictObject({ ...pageQuery, status: z.array(collectionStatusSchema).optional() }),
  /** Last started first. */
  output: z.object({ items: z.array(collectionSchema).readonly(), nextCursor: z.string().optional() }),
  errors: ['models.bad-cursor'],
});

export const readCollection = defineRoute({
  id: 'models.read-collection',
  method: 'GET',
  path: '/api/v1/models/collections/:id',
  access: 'models:read',
  params: idParams,
  output: collectionSchema,
  errors: ['models.collection-not-found'],
});

export const listCollectionItems = defineRoute({
  id: 'models.list-collection-items',
  method: 'GET',
  path: '/api/v1/models/collections/:id/items',
  access: 'models:read',
  params: idParams,
  /** `new`: only what the finished collection before did not have. */
  query: z.strictObject({ ...pageQuery, only: z.enum(['all', 'new']).default('all') }),
  /** In the order of the search. */
  output: z.object({ items: z.array(collectionItemSchema).readonly(), nextCursor: z.string().optional() }),
  errors: ['models.collection-not-found', 'models.bad-cursor'],
});

/** Stops after the page that is being read; everything read is kept. */
export const pauseCollection = defineRoute({
  id: 'models.pause-collection',
  method: 'POST',
  path: '/api/v1/models/collections/:id/pause',
  access: 'models:download',
  params: idParams,
  output: collectionSchema,
  errors: ['models.collection-not-found', 'models.collection-ended'],
});

/** Goes on with the next page as a job of the server. */
export const resumeCollection = defineRoute({
  id: 'models.resume-collection',
  method: 'POST',
  path: '/api/v1/models/collections/:id/resume',
  access: 'models:download',
  params: idParams,
  output: collectionSchema,
  status: 202,
  errors: ['models.collection-not-found', 'models.collection-ended'],
});
