import type { Random } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Database, Transaction } from '#platform/db';

import type { RecordDeps } from './job-records.ts';

export interface QueueDeps extends RecordDeps {
  readonly database: Database;
  readonly random: Random;
  readonly ids: IdSource;
  readonly listeners: Set<() => void>;
}

/** Tells the workers of this process, once the work is really there. */
export function announceWork(deps: QueueDeps, tx: Transaction): void {
  tx.onCommit(() => {
    for (const listener of deps.listeners) listener();
  });
}
