import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { sql } from 'kysely';
import { z } from 'zod';

import { startPgBossDelivery } from '#adapters/pg-boss';
import { systemClock, systemRandom } from '#kernel/clock';
import { type Database, openDatabase } from '#platform/db';
import { createEmbeddedDelivery, createJobQueue, defineJob, type JobDelivery, jobMigrations } from '#platform/jobs';
import { jobQueueKit } from '#platform/jobs/testing';
import { freshPostgres } from '#stand-ins/databases';

const kind = defineJob({ name: 'kit.any', payload: z.object({ n: z.number() }) });
const system = { clock: systemClock, random: systemRandom };

async function openMigrated(url: string): Promise<Database> {
  const database = await openDatabase({ url, ...system });
  await database.migrate(jobMigrations);
  return database;
}

function queueOn(database: Database, delivery: JobDelivery) {
  return createJobQueue({ database, delivery, ...system });
}

describe('the queue on pg-boss', () => {
  const freshUrl = freshPostgres();
  jobQueueKit(async ({ kinds, clock, random, ended }) => {
    const url = await freshUrl();
    const database = await openMigrated(url);
    const delivery = await startPgBossDelivery({ url, database, clock, kinds, reportError: assert.ifError });
    const queue = createJobQueue({ database, delivery, clock, random, ended });
    return {
      queue,
      database,
      [Symbol.asyncDispose]: async () => {
        await delivery[Symbol.asyncDispose]();
        await database[Symbol.asyncDispose]();
      },
    };
  });

  it('leaves no message behind when a job has ended, and none of a change taken back', async () => {
    const url = await freshUrl();
    await using database = await openMigrated(url);
    await using delivery = await startPgBossDelivery({
      url,
      database,
      ...system,
      kinds: [kind],
      reportError: assert.ifError,
    });
    const queue = queueOn(database, delivery);
    async function messages(): Promise<number> {
      const tables = database.tables<{ 'pgboss.job': { id: string; name: string } }>();
      const count = tables.selectFrom('pgboss.job').select(({ fn }) => fn.countAll<number>().as('count'));
      return (await count.where('name', '=', kind.name).executeTakeFirstOrThrow()).count;
    }
    await assert.rejects(
      database.transaction(async (tx) => {
        await queue.enqueue(tx, kind, { n: 0 });
        throw new Error('no');
      }),
    );
    assert.equal(await messages(), 0);
    await database.transaction((tx) => queue.enqueue(tx, kind, { n: 1 }));
    assert.equal(await messages(), 1);
    const [job] = await queue.claim([{ kind, limit: 1 }], 'w');
    await queue.finish(job ?? assert.fail(), { kind: 'done' });
    assert.equal(await messages(), 0);
  });

  it('ignores a message that pg-boss gives out again while its job is running', async () => {
    const url = await freshUrl();
    await using database = await openMigrated(url);
    const options = { url, database, ...system, kinds: [kind], reportError: assert.ifError };
    await using delivery = await startPgBossDelivery(options);
    const queue = queueOn(database, delivery);
    const { id } = await database.transaction((tx) => queue.enqueue(tx, kind, { n: 1 }));
    const [job] = await queue.claim([{ kind, limit: 1 }], 'w1');
    await database.transaction(async (tx) => {
      await sql`update pgboss.job set state = 'retry' where id = ${id}::uuid`.execute(tx.tables());
      await queue.enqueue(tx, kind, { n: 2 });
    });
    const claimed = await queue.claim([{ kind, limit: 5 }], 'w2');
    assert.equal(claimed.length, 1);
    assert.notEqual(claimed[0]?.id, id);
    assert.equal(await queue.finish(job ?? assert.fail(), { kind: 'done' }), true);
  });

  it('takes over jobs that were waiting in the embedded queue', async () => {
    const url = await freshUrl();
    await using database = await openMigrated(url);
    const embedded = queueOn(database, createEmbeddedDelivery(systemClock));
    const { id } = await database.transaction((tx) => embedded.enqueue(tx, kind, { n: 1 }));
    const start = { url, database, ...system, kinds: [kind], reportError: assert.ifError };
    await using delivery = await startPgBossDelivery(start);
    await using _again = await startPgBossDelivery(start);
    const claimed = await queueOn(database, delivery).claim([{ kind, limit: 5 }], 'w');
    assert.deepEqual(
      claimed.map((job) => job.id),
      [id],
    );
  });
});
