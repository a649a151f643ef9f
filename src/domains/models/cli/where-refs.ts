/** `get --where "…" --top 100 --by downloads`: the best of what the catalogue knows, as references (M-131). */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import type { CommandContext } from '#platform/cli';

import { searchModels, searchQuerySchema, sortFieldSchema } from '../contract/index.ts';
import type { Models } from '../models.ts';

export const whereOptions = [
  { flags: '--where <query>' },
  { flags: '--top <n>' },
  { flags: '--by <field>' },
  { flags: '--nsfw <rating>' },
] as const;

export const whereInputShape = {
  where: z.string().trim().min(1).max(500).optional(),
  top: searchQuerySchema.shape.limit,
  by: sortFieldSchema.default('downloads'),
  nsfw: searchQuerySchema.shape.nsfw,
};

type WhereInput = z.output<z.ZodObject<typeof whereInputShape>>;

/** Nothing without `--where`. @throws KuraError `models.where-finds-nothing`. */
export async function refsWhere(
  { where, top, by, nsfw }: WhereInput,
  { call }: CommandContext<Models>,
): Promise<readonly string[]> {
  if (where === undefined) return [];
  const query = { query: where, source: 'catalogue' as const, sortBy: by, limit: top, nsfw };
  const { items } = await call(searchModels, { query });
  if (items.length === 0) throw new KuraError('not-found', 'models.where-finds-nothing', { params: { query: where } });
  return items.map(({ modelId, versionId }) => `${modelId}@${versionId}`);
}
