/** What results can be ordered by, and where a result stands in its order. */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';

import type { SortField } from '../../contract/index.ts';
import type { CatalogueIndex } from '../catalogue-tables.ts';

export interface CatalogueOrder {
  /**
   * `relevance`: the words of the query in names first, then in creators, tags and trigger words, then in
   * descriptions; more downloads first among equals.
   */
  readonly field: SortField | 'relevance';
  readonly direction: 'asc' | 'desc';
}

export type OrderColumn = keyof Pick<
  CatalogueIndex,
  'downloads' | 'likes' | 'comments' | 'buzz' | 'published_at' | 'updated_at' | 'name_key' | 'size' | 'quality'
>;

export const orderColumns: Readonly<Record<CatalogueOrder['field'], OrderColumn>> = {
  relevance: 'downloads',
  downloads: 'downloads',
  likes: 'likes',
  comments: 'comments',
  buzz: 'buzz',
  published: 'published_at',
  updated: 'updated_at',
  name: 'name_key',
  size: 'size',
  quality: 'quality',
};

/** Most downloads first, also among equally relevant ones: the order in which the text index is kept. */
export function isByPopularity({ field, direction }: CatalogueOrder): boolean {
  return orderColumns[field] === 'downloads' && direction === 'desc';
}

/** What stands for "not known", below everything that is; names and qualities are always known. */
export const unknownIn: Readonly<Record<OrderColumn, string | number>> = {
  downloads: -1,
  likes: -1,
  comments: -1,
  buzz: -1,
  published_at: '',
  updated_at: '',
  name_key: '',
  size: -1,
  quality: -1,
};

/** The value ordered by and the id that parts equal ones. */
export interface OrderKey {
  readonly value: string | number;
  readonly modelId: number;
}

/** Most downloads first, later ids first among equals. */
export function compareByDownloads(a: OrderKey, b: OrderKey): number {
  return Number(b.value) - Number(a.value) || b.modelId - a.modelId;
}

const cursorSchema = z.strictObject({
  field: z.string(),
  direction: z.enum(['asc', 'desc']),
  /** How well the words fit: 0 = best; only by relevance. */
  tier: z.number().int().min(0).max(2),
  value: z.union([z.string(), z.number()]),
  modelId: z.number().int(),
  total: z.object({ value: z.number().int(), exact: z.boolean() }),
});
export type CatalogueCursor = z.output<typeof cursorSchema>;

export function writeCatalogueCursor(cursor: CatalogueCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws KuraError `models.bad-cursor`, also for one of another order. */
export function readCatalogueCursor(text: string, order: CatalogueOrder): CatalogueCursor {
  const cursor = parsed(text);
  const isText = ['name', 'published', 'updated'].includes(order.field);
  const fits = cursor?.field === order.field && cursor.direction === order.direction;
  if (cursor === undefined || !fits || (typeof cursor.value === 'string') !== isText) {
    throw new KuraError('invalid', 'models.bad-cursor');
  }
  return cursor;
}

function parsed(text: string): CatalogueCursor | undefined {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}
