import { DAY } from '#kernel/units';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { purgeEntries, removedBefore } from '../../store/version-store.ts';
import type { EntriesDeps } from './entry-changes.ts';

/**
 * Whatever was removed for longer than the rules keep it goes for good.
 * @returns the contents of its files
 */
export async function purgeOld(
  tx: WriteTransaction,
  { clock, rules }: Pick<EntriesDeps, 'clock' | 'rules'>,
): Promise<readonly string[]> {
  const { removedDays } = rules();
  if (removedDays === 0) return [];
  const ended = new Date(clock.now() - removedDays * DAY).toISOString();
  const tables = tx.tables<KnowledgeTables>();
  return await purgeEntries(tables, await removedBefore(tables, ended));
}
