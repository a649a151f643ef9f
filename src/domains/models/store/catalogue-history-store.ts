/** How counters grew, from the snapshots of each day they were seen (models.md M-070). */
import type { Database } from '#platform/db';

import type { CatalogueTables } from './catalogue-tables.ts';

export type StatsSnapshot = Pick<
  CatalogueTables['catalogue_stats'],
  'day' | 'downloads' | 'thumbs_up' | 'thumbs_down' | 'comments' | 'tips'
>;

/** Oldest first, at most `limit` of the last days. */
export async function readStatsHistory(
  database: Database,
  subject: 'model' | 'version',
  id: number,
  limit: number,
): Promise<readonly StatsSnapshot[]> {
  const rows = await database
    .tables<CatalogueTables>()
    .selectFrom('catalogue_stats')
    .select(['day', 'downloads', 'thumbs_up', 'thumbs_down', 'comments', 'tips'])
    .where('subject', '=', subject)
    .where('subject_id', '=', id)
    .orderBy('day', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse();
}
