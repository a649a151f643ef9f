import assert from 'node:assert/strict';
import { it } from 'node:test';

import { z } from 'zod';

import { systemClock } from '#kernel/clock';

import { defineJob } from './job-kind.ts';
import type { ClaimedJob, ClaimRequest, JobQueue } from './job-queue.ts';
import { runJob } from './job-run.ts';
import { handleJob, startJobWorkers } from './job-workers.ts';

const kind = defineJob({ name: 'kit.wait', payload: z.object({}), concurrency: 1 });

/** A queue that always has more work and tells how much was asked for. */
function endlessQueue(asked: (limit: number) => void): JobQueue {
  let made = 0;
  const queue: Pick<JobQueue, 'claim' | 'onWork' | 'recover' | 'heartbeat' | 'standing' | 'finish'> = {
    claim: async (requests: readonly ClaimRequest[]) => {
      const limit = requests.reduce((sum, request) => sum + request.limit, 0);
      asked(limit);
      return Array.from({ length: limit }, (): ClaimedJob => {
        made += 1;
        return { id: String(made), run: 1, kind, payload: {}, attempt: 1, progress: null };
      });
    },
    onWork: () => ({ [Symbol.dispose]: () => undefined }),
    recover: async () => 0,
    heartbeat: async () => 'held',
    standing: async () => 'held',
    finish: async () => true,
  };
  return queue as JobQueue;
}

it('a setting decides how many jobs of a kind run at once, also when it changes', async () => {
  let parallel = 3;
  let running = 0;
  let most = 0;
  const release = Promise.withResolvers<undefined>();
  const handled = handleJob(
    kind,
    async () => {
      running += 1;
      most = Math.max(most, running);
      await release.promise;
      running -= 1;
    },
    () => parallel,
  );
  const limits: number[] = [];
  const workers = startJobWorkers({
    queue: endlessQueue((limit) => limits.push(limit)),
    handled: [handled],
    clock: systemClock,
    worker: 'test',
    reportError: assert.ifError,
    pollMs: 5,
  });
  while (workers.running < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  parallel = 1;
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(most, 3);
  assert.equal(limits.at(-1), 0, 'a lowered setting asks for nothing until enough have ended');
  release.resolve(undefined);
  await workers.stop();
});

it('tells who looks on when the run has ended, and what it said last', async () => {
  const told = Promise.withResolvers<unknown>();
  await runJob({
    queue: endlessQueue(() => undefined),
    clock: systemClock,
    job: { id: '7', run: 1, kind, payload: {}, attempt: 1, progress: null },
    handler: async ({ report }) => report({ files: 3 }),
    stopping: new AbortController().signal,
    reportError: assert.ifError,
    onProgress: told.resolve,
  });
  assert.deepEqual(await told.promise, { id: '7', kind: 'kit.wait', state: 'ended', progress: { files: 3 } });
});
