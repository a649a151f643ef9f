/** Entries somebody wants to hear of (K-047): what changed in them, and beside them, since. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { idParams, namedEntrySchema } from './entry-shapes.ts';

const path = '/api/v1/knowledge/entries/:id/watch';

const watchSchema = z.object({
  watched: z.boolean(),
  /** Of the entry, when its watcher last said to know it; null: not watched. */
  seenVersion: z.number().int().nullable(),
  version: z.number().int(),
});
export type EntryWatch = z.output<typeof watchSchema>;

const changedSchema = namedEntrySchema.extend({ updatedAt: z.string() });

const watchedEntrySchema = z.object({
  entry: changedSchema,
  updatedBy: z.string(),
  version: z.number().int(),
  seenVersion: z.number().int(),
  seenAt: z.string(),
  /** It has another version than the one that is known. */
  changed: z.boolean(),
  /** Entries linked with it, in either direction, that changed after `seenAt`: whether it still holds is worth a look. */
  linked: z.array(changedSchema).readonly(),
});
export type WatchedEntry = z.output<typeof watchedEntrySchema>;

export const readWatch = defineRoute({
  id: 'knowledge.read-watch',
  method: 'GET',
  path,
  access: 'knowledge:read',
  params: idParams,
  output: watchSchema,
  errors: ['knowledge.entry-not-found'],
});

/** From now on, or again: the entry as it is now is known. */
export const watchEntry = defineRoute({
  id: 'knowledge.watch-entry',
  method: 'PUT',
  path,
  access: 'knowledge:read',
  params: idParams,
  output: watchSchema,
  errors: ['knowledge.entry-not-found', 'knowledge.too-many-watched'],
});

export const unwatchEntry = defineRoute({
  id: 'knowledge.unwatch-entry',
  method: 'DELETE',
  path,
  access: 'knowledge:read',
  params: idParams,
  output: watchSchema,
  errors: ['knowledge.entry-not-found'],
});

/** The caller's own, the last changed first, as far as they may see them by now. */
export const listWatched = defineRoute({
  id: 'knowledge.list-watched',
  method: 'GET',
  path: '/api/v1/knowledge/watched',
  access: 'knowledge:read',
  output: z.object({ items: z.array(watchedEntrySchema).readonly() }),
});
