/** Uses of one entry, as pages counted them. */
import { sql } from 'kysely';

import type { ReadTables } from '#platform/db';

import type { UseAction } from '../contract/index.ts';
import type { Period } from '../core/usage/period.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';

export interface EntryUses {
  readonly actions: Readonly<Record<UseAction, number>>;
  /** Different people who viewed it; who does in two months counts in each. */
  readonly readers: number;
  /** Views; days without any are left out. */
  readonly byDay: ReadonlyArray<{ readonly day: string; readonly views: number }>;
}

export async function usesOfEntry(
  reads: ReadTables<KnowledgeTables>,
  entryId: string,
  { from, to }: Period,
): Promise<EntryUses> {
  const uses = reads
    .selectFrom('knowledge_uses')
    .where('entry_id', '=', entryId)
    .where('used_on', '>=', from)
    .where('used_on', '<=', to);
  const times = sql<number>`sum(times)`;
  const sums = await uses
    .select(['action', times.as('times')])
    .groupBy('action')
    .execute();
  const views = uses.where('action', '=', 'view');
  const { readers } = await views
    .select(({ fn }) => fn.count<number>('viewer').distinct().as('readers'))
    .executeTakeFirstOrThrow();
  const days = await views
    .select(['used_on', times.as('times')])
    .groupBy('used_on')
    .orderBy('used_on')
    .execute();
  return {
    actions: timesOf(new Map(sums.map((row) => [row.action, row.times]))),
    readers,
    byDay: days.map((row) => ({ day: row.used_on, views: row.times })),
  };
}

function timesOf(sums: ReadonlyMap<UseAction, number>): EntryUses['actions'] {
  return {
    view: times('view'),
    click: times('click'),
    copy: times('copy'),
    print: times('print'),
    share: times('share'),
  };

  function times(action: UseAction): number {
    return sums.get(action) ?? 0;
  }
}
