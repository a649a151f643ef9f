/** What any job queue must do, whatever delivers its jobs: embedded on SQLite, embedded on PostgreSQL, pg-boss. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import { type Instant, instant } from '#kernel/brands';
import { type Clock, type Random, systemClock, systemRandom } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import { MINUTE } from '#kernel/units';
import type { Database } from '#platform/db';
import {
  type ClaimedJob,
  defineJob,
  type EndedJob,
  type EnqueueOptions,
  handleJob,
  type JobEndedHook,
  type JobHandler,
  type JobKind,
  type JobQueue,
  type JobWorkers,
  startJobWorkers,
} from '#platform/jobs';

export interface JobQueueSubject extends AsyncDisposable {
  readonly queue: JobQueue;
  readonly database: Database;
}

/** Opens a queue on a fresh, migrated database; `kinds` are all that will be enqueued. */
export type OpenJobQueue = (options: {
  readonly kinds: readonly JobKind[];
  readonly clock: Clock;
  readonly random: Random;
  readonly ended: JobEndedHook;
}) => Promise<JobQueueSubject>;

const copyFile = defineJob({
  name: 'kit.copy-file',
  payload: z.object({ file: z.string() }),
  concurrency: 2,
  maxAttempts: 3,
  leaseSeconds: 60,
});
const other = defineJob({ name: 'kit.other', payload: z.object({}), leaseSeconds: 1, maxAttempts: 2 });

/** Real time that can be pushed forward, so that no test waits for a lease to run out. */
class PushedClock implements Clock {
  #ahead = 0;

  now(): number {
    return systemClock.now() + this.#ahead;
  }

  monotonic(): number {
    return systemClock.monotonic() + this.#ahead;
  }

  push(ms: number): void {
    this.#ahead += ms;
  }
}

class Bench implements AsyncDisposable {
  readonly queue: JobQueue;
  readonly database: Database;
  readonly clock: PushedClock;
  readonly ended: EndedJob[];
  readonly #subject: JobQueueSubject;

  constructor(subject: JobQueueSubject, clock: PushedClock, ended: EndedJob[]) {
    this.#subject = subject;
    this.queue = subject.queue;
    this.database = subject.database;
    this.clock = clock;
    this.ended = ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#subject[Symbol.asyncDispose]();
  }

  async enqueue(file: string, options: EnqueueOptions = {}): Promise<string> {
    const made = await this.database.transaction((tx) => this.queue.enqueue(tx, copyFile, { file }, options));
    return made.id;
  }

  async claim(limit = 10, worker = 'w1'): Promise<readonly ClaimedJob[]> {
    return this.queue.claim([{ kind: copyFile, limit }], worker);
  }

  async claimOne(worker = 'w1'): Promise<ClaimedJob> {
    const [job] = await this.claim(1, worker);
    return job ?? assert.fail('no job was due');
  }

  async status(id: string): Promise<string> {
    return (await this.queue.get(id))?.status ?? 'none';
  }

  async outcomes(id: string): Promise<(string | null)[]> {
    return (await this.queue.runs(id)).map(({ outcome }) => outcome);
  }

  workers(handler: JobHandler<{ file: string }>, kind: JobKind<{ file: string }> = copyFile): JobWorkers {
    return startJobWorkers({
      queue: this.queue,
      handled: [handleJob(kind, handler)],
      clock: systemClock,
      worker: 'runtime',
      reportError: (error) => assert.ifError(error),
      pollMs: 20,
    });
  }
}

function names(jobs: readonly ClaimedJob[]): string[] {
  return jobs.map(({ payload }) => z.object({ file: z.string() }).parse(payload).file);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'it did not happen within a minute');
    await sleep(15);
  }
}

function codeIs(code: string): (error: unknown) => boolean {
  return (error) => isKuraError(error) && error.code === code;
}

export function jobQueueKit(openQueue: OpenJobQueue): void {
  async function open(fraction = 0): Promise<Bench> {
    const clock = new PushedClock();
    const ended: EndedJob[] = [];
    const random: Random = { bytes: (count) => systemRandom.bytes(count), fraction: () => fraction };
    const subject = await openQueue({
      kinds: [copyFile, other],
      clock,
      random,
      ended: async (_tx, job) => {
        ended.push(job);
      },
    });
    return new Bench(subject, clock, ended);
  }

  describe('enqueueing', () => {
    it('happens with the transaction or not at all', async () => {
      await using bench = await open();
      await assert.rejects(
        bench.database.transaction(async (tx) => {
          await bench.queue.enqueue(tx, copyFile, { file: 'a' });
          throw new Error('no');
        }),
      );
      assert.deepEqual(await bench.claim(), []);
      await bench.enqueue('b');
      assert.deepEqual(names(await bench.claim()), ['b']);
    });

    it('refuses a payload that the kind does not accept', async () => {
      await using bench = await open();
      const wrong: JobKind = copyFile;
      const enqueue = bench.database.transaction((tx) => bench.queue.enqueue(tx, wrong, { file: 7 }));
      await assert.rejects(enqueue, codeIs('jobs.bad-payload'));
    });

    it('makes one job per idempotency key, also after it is done', async () => {
      await using bench = await open();
      const id = await bench.enqueue('a', { idempotencyKey: 'night' });
      assert.equal(await bench.enqueue('b', { idempotencyKey: 'night' }), id);
      await bench.queue.finish(await bench.claimOne(), { kind: 'done' });
      assert.equal(await bench.enqueue('c', { idempotencyKey: 'night' }), id);
      assert.deepEqual(await bench.claim(), []);
      assert.notEqual(await bench.enqueue('d', { idempotencyKey: 'day' }), id);
    });

    it('wakes listeners of this process after the commit', async () => {
      await using bench = await open();
      let woken = 0;
      using _subscription = bench.queue.onWork(() => {
        woken += 1;
      });
      await bench.enqueue('a');
      assert.equal(woken, 1);
    });
  });

  describe('claiming', () => {
    it('goes by priority, then in order', async () => {
      await using bench = await open();
      for (const [file, priority] of [
        ['a', 0],
        ['b', 5],
        ['c', 0],
        ['d', 5],
      ] as const) {
        await bench.enqueue(file, { priority });
      }
      const order: string[] = [];
      for (let taken = 0; taken < 4; taken += 1) order.push(...names(await bench.claim(1)));
      assert.deepEqual(order, ['b', 'd', 'a', 'c']);
    });

    it('gives each job to one of many workers', async () => {
      await using bench = await open();
      for (let count = 0; count < 12; count += 1) await bench.enqueue(`f${count}`);
      const claims = await Promise.all(['w1', 'w2', 'w3', 'w4'].map((worker) => bench.claim(12, worker)));
      const taken = claims.flatMap(names);
      const left = names(await bench.claim(12));
      assert.equal(new Set([...taken, ...left]).size, 12);
      assert.equal(taken.length + left.length, 12);
    });

    it('takes only the kinds asked for, and no more than asked', async () => {
      await using bench = await open();
      await bench.enqueue('a');
      await bench.enqueue('b');
      assert.deepEqual(await bench.queue.claim([{ kind: other, limit: 5 }], 'w1'), []);
      assert.deepEqual(await bench.claim(0), []);
      assert.equal((await bench.claim(1)).length, 1);
    });

    it('leaves a delayed job alone until it is due', async () => {
      await using bench = await open();
      await bench.enqueue('later', { delayMs: 300 });
      assert.deepEqual(await bench.claim(), []);
      await until(async () => names(await bench.claim()).includes('later'));
    });
  });

  describe('a run', () => {
    it('that is done ends the job and is on record', async () => {
      await using bench = await open();
      const id = await bench.enqueue('a');
      const job = await bench.claimOne();
      assert.equal(await bench.status(id), 'running');
      assert.equal(await bench.queue.finish(job, { kind: 'done' }, { copied: 3 }), true);
      const view = await bench.queue.get(id);
      assert.equal(view?.status, 'done');
      assert.deepEqual(view.progress, { copied: 3 });
      assert.deepEqual(await bench.outcomes(id), ['done']);
      assert.deepEqual(
        bench.ended.map((end) => [end.id, end.status]),
        [[id, 'done']],
      );
      assert.equal(await bench.queue.finish(job, { kind: 'done' }), false, 'ends once');
    });

    it('that fails is tried again, the next run seeing attempt and progress', async () => {
      await using bench = await open();
      const id = await bench.enqueue('a');
      const error = new KuraError('unavailable', 'kit.away', { params: { host: 'h' } });
      await bench.queue.finish(await bench.claimOne(), { kind: 'failed', error }, { at: 1 });
      const view = await bench.queue.get(id);
      assert.equal(view?.status, 'queued');
      assert.deepEqual(view.error, { code: 'kit.away', params: { host: 'h' }, errorId: error.id });
      const again = await bench.claimOne();
      assert.equal(again.attempt, 2);
      assert.deepEqual(again.progress, { at: 1 });
    });

    it('that fails waits with full jitter, at least as long as the far side asked', async () => {
      await using bench = await open(0.5);
      const id = await bench.enqueue('a');
      const error = new KuraError('limit', 'kit.slow-down', { retryAfterMs: 60_000 });
      const before = bench.clock.now();
      await bench.queue.finish(await bench.claimOne(), { kind: 'failed', error });
      const wait = Date.parse((await bench.queue.get(id))?.runAfter ?? '') - before;
      assert.ok(wait >= 62_500 && wait < 64_500, `half of 5 s on top of 60 s, not ${wait} ms`);
      assert.deepEqual(await bench.claim(), []);
    });

    it('that fails for good, or too often, makes a dead job that a person can try again', async () => {
      await using bench = await open();
      const id = await bench.enqueue('a');
      await bench.queue.finish(await bench.claimOne(), { kind: 'failed', error: new KuraError('invalid', 'kit.bad') });
      assert.equal(await bench.status(id), 'dead');
      await bench.database.transaction((tx) => bench.queue.retry(tx, id));
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const job = await bench.claimOne();
        assert.equal(job.attempt, attempt);
        await bench.queue.finish(job, { kind: 'failed', error: new KuraError('internal', 'kit.broken') });
      }
      assert.equal(await bench.status(id), 'dead');
      assert.deepEqual(await bench.claim(), []);
      assert.deepEqual(await bench.outcomes(id), ['dead', 'retry', 'retry', 'dead']);
      assert.deepEqual(
        bench.ended.map(({ status }) => status),
        ['dead', 'dead'],
      );
    });

    it('that is released by a stopping program does not count', async () => {
      await using bench = await open();
      await bench.enqueue('a');
      await bench.queue.finish(await bench.claimOne(), { kind: 'released' }, { at: 9 });
      const again = await bench.claimOne();
      assert.equal(again.attempt, 1);
      assert.deepEqual(again.progress, { at: 9 });
    });
  });

  describe('a lease', () => {
    it('that ran out gives the job to another, once, and the old holder can no longer end it', async () => {
      await using bench = await open();
      const id = await bench.enqueue('a');
      const old = await bench.claimOne('w1');
      assert.equal(await bench.queue.recover(), 0);
      bench.clock.push(61_000);
      const recovered = await Promise.all([bench.queue.recover(), bench.queue.recover()]);
      assert.equal(recovered[0] + recovered[1], 1);
      const claims = await Promise.all([bench.claim(1, 'w2'), bench.claim(1, 'w3')]);
      assert.equal(claims.flat().length, 1);
      assert.equal(await bench.queue.heartbeat(old, { stale: true }), 'lost');
      assert.equal(await bench.queue.standing(old), 'lost');
      assert.equal(await bench.queue.finish(old, { kind: 'done' }), false);
      assert.equal(await bench.status(id), 'running');
      const [current] = claims.flat();
      assert.equal(await bench.queue.finish(current ?? assert.fail(), { kind: 'done' }), true);
      assert.deepEqual(await bench.outcomes(id), ['lost', 'done']);
    });

    it('is extended by heartbeats, which store progress', async () => {
      await using bench = await open();
      const id = await bench.enqueue('a');
      const job = await bench.claimOne();
      bench.clock.push(50_000);
      assert.equal(await bench.queue.heartbeat(job, { at: 5 }), 'held');
      bench.clock.push(50_000);
      assert.equal(await bench.queue.recover(), 0);
      assert.deepEqual((await bench.queue.get(id))?.progress, { at: 5 });
    });

    it('lost on every attempt makes the job dead: it may be what kills its workers', async () => {
      await using bench = await open();
      const id = await bench.enqueue('a');
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        await bench.claimOne();
        bench.clock.push(61_000);
        await bench.queue.recover();
      }
      assert.equal(await bench.status(id), 'dead');
      assert.equal((await bench.queue.get(id))?.error?.code, 'jobs.worker-lost');
    });
  });

  describe('cancelling', () => {
    it('ends a waiting job at once', async () => {
      await using bench = await open();
      const id = await bench.enqueue('a');
      await bench.database.transaction((tx) => bench.queue.cancel(tx, id));
      assert.equal(await bench.status(id), 'cancelled');
      assert.deepEqual(await bench.claim(), []);
      await assert.rejects(
        bench.database.transaction((tx) => bench.queue.cancel(tx, id)),
        codeIs('jobs.already-ended'),
      );
      await assert.rejects(
        bench.database.transaction((tx) => bench.queue.cancel(tx, 'x')),
        codeIs('jobs.not-found'),
      );
    });

    it('asks a running job, and a failure afterwards is not tried again', async () => {
      await using bench = await open();
      const id = await bench.enqueue('a');
      const job = await bench.claimOne();
      await bench.database.transaction((tx) => bench.queue.cancel(tx, id));
      assert.equal(await bench.queue.standing(job), 'cancel-requested');
      await bench.queue.finish(job, { kind: 'failed', error: new KuraError('unavailable', 'kit.away') });
      assert.equal(await bench.status(id), 'cancelled');
    });
  });

  it('lists newest first, by kind and status, page by page, and prunes what ended', async () => {
    await using bench = await open();
    const ids: string[] = [];
    for (const file of ['a', 'b', 'c']) ids.push(await bench.enqueue(file));
    await bench.queue.finish(await bench.claimOne(), { kind: 'done' });
    const page = await bench.queue.list({ limit: 2 });
    assert.deepEqual(
      page.map(({ id }) => id),
      [ids[2], ids[1]],
    );
    const rest = await bench.queue.list({ limit: 2, before: page[1]?.position ?? 0 });
    assert.deepEqual(
      rest.map(({ id }) => id),
      [ids[0]],
    );
    assert.equal((await bench.queue.list({ limit: 9, status: 'queued', name: copyFile.name })).length, 2);
    const soon: Instant = instant(new Date(bench.clock.now() + MINUTE));
    assert.equal(await bench.database.transaction((tx) => bench.queue.prune(tx, soon)), 1);
    assert.equal(await bench.queue.get(ids[0] ?? ''), undefined);
  });

  describe('workers', () => {
    it('run what is enqueued, never more of a kind at once than it allows', async () => {
      await using bench = await open();
      let now = 0;
      let most = 0;
      const two = Promise.withResolvers<void>();
      const seen: string[] = [];
      await using workers = bench.workers(async ({ payload }) => {
        now += 1;
        most = Math.max(most, now);
        if (now === 2) two.resolve();
        // However slow the machine is, the first is still at work when the second comes.
        await (most === 1 ? Promise.race([two.promise, sleep(10_000, undefined, { ref: false })]) : sleep(10));
        now -= 1;
        seen.push(payload.file);
      });
      const ids = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((file) => bench.enqueue(file)));
      await until(async () => (await bench.queue.list({ limit: 9, status: 'done' })).length === 5);
      assert.equal(workers.running, 0);
      assert.equal(most, 2);
      assert.deepEqual(seen.sort(), ['a', 'b', 'c', 'd', 'e']);
      assert.equal(ids.length, 5);
    });

    it('abort a cancelled job and record what it had reported', async () => {
      await using bench = await open();
      await using _workers = bench.workers(async ({ signal, report }) => {
        report({ at: 42 });
        await sleep(60_000, undefined, { signal });
      });
      const id = await bench.enqueue('a');
      await until(async () => (await bench.status(id)) === 'running');
      await bench.database.transaction((tx) => bench.queue.cancel(tx, id));
      await until(async () => (await bench.status(id)) === 'cancelled');
      assert.deepEqual((await bench.queue.get(id))?.progress, { at: 42 });
    });

    it('stop in good order: the job checkpoints, goes back, and the next start goes on there', async () => {
      await using bench = await open();
      const first = bench.workers(async ({ signal, report }) => {
        await new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => {
            resolve();
          });
        });
        report({ step: 2 });
        throw signal.reason;
      });
      const id = await bench.enqueue('a');
      await until(async () => (await bench.status(id)) === 'running');
      await first.stop();
      assert.equal(await bench.status(id), 'queued');
      const resumed: unknown[] = [];
      await using _second = bench.workers(async ({ progress, attempt }) => {
        resumed.push(progress, attempt);
      });
      await until(async () => (await bench.status(id)) === 'done');
      assert.deepEqual(resumed, [{ step: 2 }, 1]);
      assert.deepEqual(await bench.outcomes(id), ['released', 'done']);
    });

    it('stop within the grace time when a job does not heed its signal', async () => {
      await using bench = await open();
      const free = new AbortController();
      const workers = bench.workers(async () => {
        await sleep(60_000, undefined, { signal: free.signal }).catch(() => {});
      });
      const id = await bench.enqueue('a');
      await until(async () => (await bench.status(id)) === 'running');
      await workers.stop(30);
      assert.equal(await bench.status(id), 'queued');
      free.abort();
    });

    it('bury a job whose stored payload no longer fits its kind', async () => {
      await using bench = await open();
      const id = await bench.enqueue('a');
      const changed = defineJob({ ...copyFile, payload: z.object({ file: z.string().length(9) }) });
      await using _workers = bench.workers(async () => {}, changed);
      await until(async () => (await bench.status(id)) === 'dead');
      assert.equal((await bench.queue.get(id))?.error?.code, 'jobs.bad-payload');
    });
  });
}
