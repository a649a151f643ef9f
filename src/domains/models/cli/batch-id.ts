/** Ids of download jobs may be shortened to a beginning that only one of them has. */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import type { CommandContext } from '#platform/cli';

import { listBatches } from '../contract/index.ts';

export const batchIdInput = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f-]{4,36}$/, 'must be an id, or at least its first four letters');

/** @throws KuraError not-found `models.batch-not-found`, invalid `models.batch-ambiguous`. */
export async function wholeBatchId(id: string, { call }: Pick<CommandContext<unknown>, 'call'>): Promise<string> {
  if (z.uuid().safeParse(id).success) return id;
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await call(listBatches, { query: { limit: 1000, cursor } });
    found.push(...page.items.map((batch) => batch.id).filter((one) => one.startsWith(id)));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  const [first, second] = found;
  if (first === undefined) throw new KuraError('not-found', 'models.batch-not-found', { params: { id } });
  if (second !== undefined) throw new KuraError('invalid', 'models.batch-ambiguous', { params: { id } });
  return first;
}
