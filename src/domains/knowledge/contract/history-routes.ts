/** What an entry said before, the way from draft to archive, and what was removed. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import {
  entrySchema,
  entryStatusSchema,
  entryTypeSchema,
  idParams,
  nameSchema,
  noteSchema,
  versionSchema,
} from './entry-shapes.ts';

const versionParam = z.coerce.number().int().min(1);

const listedVersionSchema = z.object({
  version: z.number().int(),
  savedAt: z.string(),
  savedBy: z.string(),
  note: z.string().nullable(),
  restoredFrom: z.number().int().nullable(),
  title: z.string(),
  status: entryStatusSchema,
});
export type ListedVersion = z.output<typeof listedVersionSchema>;

/** Newest first, the present one included. Versions that were for fewer people stay with them. */
export const listVersions = defineRoute({
  id: 'knowledge.list-versions',
  method: 'GET',
  path: '/api/v1/knowledge/entries/:id/versions',
  access: 'knowledge:read',
  params: idParams,
  output: z.object({ items: z.array(listedVersionSchema).readonly() }),
  errors: ['knowledge.entry-not-found'],
});

/** Everything but the text, in the order in which it is shown. */
export const comparedFields = [
  'title',
  'type',
  'tags',
  'lang',
  'status',
  'visibility',
  'department',
  'owner',
  'reviewer',
  'reviewOn',
  'severity',
] as const;

const comparedVersionsSchema = z.object({
  id: z.string(),
  from: listedVersionSchema,
  to: listedVersionSchema,
  fields: z.array(z.object({ field: z.enum(comparedFields), before: z.string(), after: z.string() })).readonly(),
  /** The text: changed lines with some around them. */
  parts: z
    .array(
      z.object({
        /** Number of the first line, from 1. */
        beforeLine: z.number().int(),
        afterLine: z.number().int(),
        lines: z.array(z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() })).readonly(),
      }),
    )
    .readonly(),
});
export type ComparedVersions = z.output<typeof comparedVersionsSchema>;

export const compareVersions = defineRoute({
  id: 'knowledge.compare-versions',
  method: 'GET',
  path: '/api/v1/knowledge/entries/:id/changes',
  access: 'knowledge:read',
  params: idParams,
  query: z.strictObject({ from: versionParam, to: versionParam }),
  output: comparedVersionsSchema,
  errors: ['knowledge.entry-not-found', 'knowledge.version-not-found'],
});

/** The text of an earlier version becomes the newest. */
export const restoreVersion = defineRoute({
  id: 'knowledge.restore-version',
  method: 'POST',
  path: '/api/v1/knowledge/entries/:id/restorations',
  access: 'knowledge:write',
  params: idParams,
  body: z.strictObject({ restored: versionSchema, version: versionSchema, note: noteSchema.optional() }),
  output: entrySchema,
  errors: [
    'knowledge.entry-not-found',
    'knowledge.version-not-found',
    'knowledge.stale-version',
    'knowledge.review-first',
  ],
});

/** Asks for a review, publishes, returns, puts away. */
export const moveEntry = defineRoute({
  id: 'knowledge.move-entry',
  method: 'POST',
  path: '/api/v1/knowledge/entries/:id/moves',
  access: 'knowledge:write',
  params: idParams,
  body: z.strictObject({
    to: entryStatusSchema,
    version: versionSchema,
    note: noteSchema.optional(),
    reviewer: nameSchema.optional(),
  }),
  output: entrySchema,
  errors: [
    'knowledge.entry-not-found',
    'knowledge.stale-version',
    'knowledge.no-such-step',
    'knowledge.review-first',
    'knowledge.second-person',
  ],
});

/** It was looked at and still holds. */
export const confirmEntry = defineRoute({
  id: 'knowledge.confirm-entry',
  method: 'POST',
  path: '/api/v1/knowledge/entries/:id/confirmations',
  access: 'knowledge:write',
  params: idParams,
  body: z.strictObject({ version: versionSchema }),
  output: entrySchema,
  errors: ['knowledge.entry-not-found', 'knowledge.stale-version'],
});

const removedEntrySchema = z.object({
  id: z.string(),
  title: z.string(),
  type: entryTypeSchema,
  removedAt: z.string(),
  removedBy: z.string(),
  /** The entry it was joined with, which stands for it. */
  mergedInto: z.string().nullable(),
  /** From when on the next removal takes it away for good; null: it stays. */
  purgeAt: z.string().nullable(),
});
export type RemovedEntryView = z.output<typeof removedEntrySchema>;

export const listRemovedEntries = defineRoute({
  id: 'knowledge.list-removed',
  method: 'GET',
  path: '/api/v1/knowledge/removed',
  access: 'knowledge:write',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
  output: z.object({ items: z.array(removedEntrySchema).readonly() }),
});

export const bringBackEntry = defineRoute({
  id: 'knowledge.bring-back',
  method: 'POST',
  path: '/api/v1/knowledge/removed/:id/return',
  access: 'knowledge:write',
  params: idParams,
  output: entrySchema,
  errors: ['knowledge.removed-not-found', 'knowledge.external-id-taken'],
});

/** For good, with its history. */
export const purgeEntry = defineRoute({
  id: 'knowledge.purge-entry',
  method: 'DELETE',
  path: '/api/v1/knowledge/removed/:id',
  access: 'knowledge:manage',
  params: idParams,
  output: z.undefined(),
  status: 204,
  errors: ['knowledge.removed-not-found'],
});
