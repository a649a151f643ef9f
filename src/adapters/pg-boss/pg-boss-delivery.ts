import { sql } from 'kysely';
import { type Db, fromKysely, PgBoss } from 'pg-boss';

import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY, HOUR, SECOND } from '#kernel/units';
import type { Database, Transaction } from '#platform/db';
import type { JobDelivery, JobKind } from '#platform/jobs';

export interface PgBossOptions {
  readonly url: string;
  readonly database: Database;
  readonly clock: Clock;
  /** Every kind that is enqueued or run: pg-boss wants its queues made before use. */
  readonly kinds: readonly JobKind[];
  /** What pg-boss reports from its own maintenance; jobs go on. */
  readonly reportError: (error: unknown) => void;
}

export interface PgBossDelivery extends JobDelivery, AsyncDisposable {}

/**
 * A message carries only the job's id, which is also its own; it is removed when the job ends. Its life in pg-boss has
 * no meaning of its own: retries are new messages, expiry is longer than any lease (24 h, pg-boss's limit), and a message
 * that comes back for a job that is not waiting is withdrawn by the queue.
 */
const messageOptions = {
  retryLimit: 1000,
  expireInSeconds: (24 * HOUR) / SECOND,
  // Jobs may wait as long as they like; ended ones leave no message behind.
  retentionSeconds: (3650 * DAY) / SECOND,
};

/** @throws KuraError `db.unreachable`. */
export async function startPgBossDelivery(options: PgBossOptions): Promise<PgBossDelivery> {
  const boss = new PgBoss({ connectionString: options.url, application_name: 'kura-jobs', max: 4, schedule: false });
  boss.on('error', options.reportError);
  try {
    await boss.start();
    for (const { name } of options.kinds) await boss.createQueue(name, messageOptions);
    await offerWhatIsMissing(boss, options);
  } catch (error) {
    await boss.stop({ graceful: false });
    throw new KuraError('unavailable', 'db.unreachable', { cause: error });
  }
  return {
    offer: async (tx, { id, name, priority, delayMs }) => {
      const db = within(tx);
      await boss.deleteJob(name, id, { db });
      await boss.send(name, null, { id, priority, db, ...(delayMs > 0 ? { startAfter: delayMs / SECOND } : {}) });
    },
    take: async (tx, name, limit) => {
      const messages = await boss.fetch(name, { batchSize: limit, db: within(tx) });
      return messages.map(({ id }) => id);
    },
    withdraw: async (tx, { id, name }) => {
      await boss.deleteJob(name, id, { db: within(tx) });
    },
    [Symbol.asyncDispose]: () => boss.stop({ graceful: false }),
  };
}

/** pg-boss's statements join Kura's transaction, so that a job and its message appear and go together. */
function within(tx: Transaction): Db {
  return fromKysely(tx.tables());
}

interface WaitingJob {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly run_after: string;
}

/**
 * Jobs that wait without a message: enqueued while the embedded queue was in use, or moved here from SQLite. Sending
 * with the job's id again is without effect where the message exists.
 */
async function offerWhatIsMissing(boss: PgBoss, { database, clock, kinds }: PgBossOptions): Promise<void> {
  const known = new Set(kinds.map(({ name }) => name));
  const { rows } = await sql<WaitingJob>`
    select id, name, priority, run_after from kura_jobs where status = 'queued' order by position
  `.execute(database.tables());
  for (const { id, name, priority, run_after } of rows) {
    if (!known.has(name)) continue;
    const delayMs = Date.parse(run_after) - clock.now();
    await boss.send(name, null, { id, priority, ...(delayMs > 0 ? { startAfter: delayMs / SECOND } : {}) });
  }
}
