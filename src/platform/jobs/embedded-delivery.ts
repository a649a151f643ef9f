/** Delivery straight from the job table: the embedded queue. Needs nothing but the database. */
import { type Clock, nowInstant } from '#kernel/clock';

import type { JobDelivery } from './job-queue.ts';
import type { JobTables } from './job-tables.ts';

export function createEmbeddedDelivery(clock: Clock): JobDelivery {
  return {
    // The record that the queue writes is the offer, its status the withdrawal.
    offer: async () => {},
    withdraw: async () => {},
    take: async (tx, name, limit) => {
      const due = tx
        .tables<JobTables>()
        .selectFrom('kura_jobs')
        .select('id')
        .where('name', '=', name)
        .where('status', '=', 'queued')
        .where('run_after', '<=', nowInstant(clock))
        .orderBy('priority', 'desc')
        .orderBy('position')
        .limit(limit);
      // SQLite has one writer, and this transaction is it.
      const taken = await (tx.dialect === 'postgres' ? due.forUpdate().skipLocked() : due).execute();
      return taken.map(({ id }) => id);
    },
  };
}
