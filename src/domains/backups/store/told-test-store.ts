/** What people found out about copies that Kura cannot read. */
import type { ReadTables } from '#platform/db';

import type { BackupsTables } from './backups-tables.ts';

export interface ToldTest {
  readonly copyId: string;
  readonly kind: 'full' | 'integrity';
  readonly result: 'passed' | 'failed';
  readonly endedAt: string;
}

/** The newest whole test of each kind and result that somebody recorded of each of the copies, oldest first. */
export async function newestToldTests(
  reads: ReadTables<BackupsTables>,
  copyIds: readonly string[],
): Promise<readonly ToldTest[]> {
  const found: ToldTest[] = [];
  for (let from = 0; from < copyIds.length; from += copiesPerQuery) {
    const rows = await reads
      .selectFrom('backup_drills')
      .select(({ fn }) => ['copy_id', 'kind', 'result', fn.max('ended_at').as('ended_at')])
      .where('copy_id', 'in', copyIds.slice(from, from + copiesPerQuery))
      .where('mode', '=', 'manual')
      .where('kind', 'in', ['full', 'integrity'])
      .where('result', 'in', ['passed', 'failed'])
      .groupBy(['copy_id', 'kind', 'result'])
      .execute();
    for (const { copy_id: copyId, kind, result, ended_at: endedAt } of rows) {
      const isWhole = (kind === 'full' || kind === 'integrity') && (result === 'passed' || result === 'failed');
      if (isWhole && copyId !== null && endedAt !== null) found.push({ copyId, kind, result, endedAt });
    }
  }
  return found.toSorted((a, b) => (a.endedAt < b.endedAt ? -1 : Number(a.endedAt > b.endedAt)));
}

/** Databases bound how many values a query may have. */
const copiesPerQuery = 1000;
