/** Tags with their other names. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { entryTypeSchema, tagSchema } from './entry-shapes.ts';

const tagMeaningSchema = z.strictObject({
  /** The kind of entries it belongs to; null: to all. */
  type: entryTypeSchema.nullable(),
  /** When to give it. */
  description: z.string().trim().min(1).max(200).nullable(),
  /** As `#rrggbb`; shown beside the name, never instead of it. */
  colour: z
    .string()
    .regex(/^#[\da-f]{6}$/iu)
    .nullable(),
});
export type TagMeaning = z.output<typeof tagMeaningSchema>;

const listedTagSchema = z.object({
  ...tagMeaningSchema.shape,
  tag: z.string(),
  /** That the caller may see. */
  entries: z.number().int(),
  /** Written as one of these, it becomes this tag. */
  aliases: z.array(z.string()).readonly(),
});
export type ListedTag = z.output<typeof listedTagSchema>;

/** The most frequent first, then what has a meaning and is on no entry yet. */
export const listTags = defineRoute({
  id: 'knowledge.list-tags',
  method: 'GET',
  path: '/api/v1/knowledge/tags',
  access: 'knowledge:read',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(200) }),
  output: z.object({ items: z.array(listedTagSchema).readonly() }),
});

/** In every entry. To a name that is there: the two become one. The old name goes on as an alias. */
export const renameTag = defineRoute({
  id: 'knowledge.rename-tag',
  method: 'PUT',
  path: '/api/v1/knowledge/tags/:tag',
  access: 'knowledge:manage',
  params: z.strictObject({ tag: tagSchema }),
  body: z.strictObject({ name: tagSchema }),
  output: z.object({ tag: z.string(), entries: z.number().int() }),
});

/** What a tag means, on an entry already or not. */
export const describeTag = defineRoute({
  id: 'knowledge.describe-tag',
  method: 'PUT',
  path: '/api/v1/knowledge/tags/:tag/meaning',
  access: 'knowledge:manage',
  params: z.strictObject({ tag: tagSchema }),
  body: tagMeaningSchema,
  output: tagMeaningSchema.extend({ tag: z.string() }),
});

/** Entries keep the tag; it is no longer proposed where none has it. */
export const forgetTagMeaning = defineRoute({
  id: 'knowledge.forget-tag-meaning',
  method: 'DELETE',
  path: '/api/v1/knowledge/tags/:tag/meaning',
  access: 'knowledge:manage',
  params: z.strictObject({ tag: tagSchema }),
  output: z.undefined(),
  status: 204,
});

/** The name means itself again; entries stay as they are. */
export const forgetTagAlias = defineRoute({
  id: 'knowledge.forget-tag-alias',
  method: 'DELETE',
  path: '/api/v1/knowledge/tag-aliases/:alias',
  access: 'knowledge:manage',
  params: z.strictObject({ alias: tagSchema }),
  output: z.undefined(),
  status: 204,
});
