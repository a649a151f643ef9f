/** Tags with their other names. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { tagSchema } from './entry-shapes.ts';

const listedTagSchema = z.object({
  tag: z.string(),
  /** That the caller may see. */
  entries: z.number().int(),
  /** Written as one of these, it becomes this tag. */
  aliases: z.array(z.string()).readonly(),
});
export type ListedTag = z.output<typeof listedTagSchema>;

/** The most frequent first. */
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
