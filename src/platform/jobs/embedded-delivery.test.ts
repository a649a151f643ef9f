import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { systemClock } from '#kernel/clock';
import { createEmbeddedDelivery, createJobQueue, createLeaseProbe, jobMigrations } from '#platform/jobs';
import { jobQueueKit } from '#platform/jobs/testing';
import { forEachDatabase } from '#stand-ins/databases';

describe('the embedded queue', () => {
  forEachDatabase((databases) => {
    jobQueueKit(async ({ clock, random, ended }) => {
      const database = await databases.open(jobMigrations);
      const queue = createJobQueue({ database, delivery: createEmbeddedDelivery(clock), clock, random, ended });
      return { queue, database, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
    });

    it('shows running jobs without a worker to the database check', async () => {
      await using database = await databases.open(jobMigrations);
      await database.transaction((tx) =>
        tx
          .tables<{ kura_jobs: Record<string, unknown> }>()
          .insertInto('kura_jobs')
          .values({
            id: 'j1',
            name: 'a.b',
            status: 'running',
            payload: '{}',
            priority: 0,
            run_after: '2026-01-01T00:00:00.000Z',
            attempts: 1,
            max_attempts: 1,
            run: 1,
            lease_until: '2026-01-01T00:01:00.000Z',
            cancel_requested: 0,
            created_at: '2026-01-01T00:00:00.000Z',
          })
          .execute(),
      );
      assert.deepEqual(await database.check({ migrations: jobMigrations, probes: [createLeaseProbe(systemClock)] }), [
        { code: 'jobs.finding-orphan-lease', params: { id: 'j1', job: 'a.b', since: '2026-01-01T00:01:00.000Z' } },
      ]);
    });
  });
});
