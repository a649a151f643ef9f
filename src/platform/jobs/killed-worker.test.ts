import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { systemClock, systemRandom } from '#kernel/clock';
import { openDatabase } from '#platform/db';
import {
  createEmbeddedDelivery,
  createJobQueue,
  handleJob,
  type JobQueue,
  jobMigrations,
  startJobWorkers,
} from '#platform/jobs';
import { forEachDatabase } from '#stand-ins/databases';

import { countUp, progressSchema } from './testing/counting-worker.ts';

const program = fileURLToPath(new URL('./testing/counting-worker.ts', import.meta.url));

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'it did not happen within a minute');
    await sleep(50);
  }
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function reported(queue: JobQueue, id: string): Promise<number> {
  const progress = progressSchema.safeParse((await queue.get(id))?.progress);
  return progress.success ? progress.data.count : 0;
}

describe('a worker killed with kill -9', () => {
  forEachDatabase((databases) => {
    it('has its job taken up again, once, from the last reported progress', async () => {
      const url = await databases.freshUrl();
      const deps = { clock: systemClock, random: systemRandom };
      await using database = await openDatabase({ url, ...deps });
      await database.migrate(jobMigrations);
      const queue = createJobQueue({ database, delivery: createEmbeddedDelivery(systemClock), ...deps });
      const { id } = await database.transaction((tx) => queue.enqueue(tx, countUp, {}));

      const child = spawn(process.execPath, [program, url], { stdio: ['ignore', 'ignore', 'inherit'] });
      try {
        await until(async () => (await reported(queue, id)) > 0);
      } finally {
        await kill(child);
      }
      const left = await reported(queue, id);

      const resumedFrom: number[] = [];
      const handled = [
        handleJob(countUp, async ({ progress }) => {
          resumedFrom.push(progressSchema.parse(progress).count);
        }),
      ];
      const options = { queue, handled, ...deps, reportError: assert.ifError, pollMs: 50 };
      await using _one = startJobWorkers({ ...options, worker: 'survivor-1' });
      await using _two = startJobWorkers({ ...options, worker: 'survivor-2' });
      await until(async () => (await queue.get(id))?.status === 'done');
      assert.deepEqual(resumedFrom, [left]);
      assert.deepEqual(
        (await queue.runs(id)).map(({ outcome, attempt }) => [outcome, attempt]),
        [
          ['lost', 1],
          ['done', 2],
        ],
      );
    });
  });
});
