/** Who said yes to which model of a real person. */
import type { Instant } from '#kernel/brands';
import type { Database, Transaction } from '#platform/db';

import type { ModelsTables } from './models-tables.ts';

export async function consentedModels(database: Database, modelIds: readonly number[]): Promise<ReadonlySet<number>> {
  if (modelIds.length === 0) return new Set();
  const rows = await database
    .tables<ModelsTables>()
    .selectFrom('model_consents')
    .select('model_id')
    .where('model_id', 'in', modelIds)
    .execute();
  return new Set(rows.map(({ model_id: id }) => id));
}

/** The first yes stays. */
export async function saveConsents(
  tx: Transaction,
  modelIds: readonly number[],
  given: { readonly by: string; readonly at: Instant },
): Promise<void> {
  await tx
    .tables<ModelsTables>()
    .insertInto('model_consents')
    .values(modelIds.map((id) => ({ model_id: id, given_by: given.by, given_at: given.at })))
    .onConflict((conflict) => conflict.column('model_id').doNothing())
    .execute();
}
