import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { manualTime } from '../testing/manual-time.ts';
import { createPace } from './pace.ts';

const never = new AbortController().signal;

describe('createPace', () => {
  it('keeps two seconds between the starts of four callers that came at once', async () => {
    const time = manualTime();
    const pace = createPace(time);
    const starts: number[] = [];
    const callers = [1, 2, 3, 4].map(async () => {
      await pace.acquire('civitai.com', never);
      starts.push(time.clock.monotonic());
    });
    await time.settle(Promise.all(callers));
    assert.deepEqual(starts, [0, 2000, 4000, 6000]);
  });

  it('does not slow this machine down, and keeps hosts apart', async () => {
    const time = manualTime();
    const pace = createPace(time);
    for (const host of [
      '127.0.0.1:9',
      '127.0.0.1:9',
      'localhost',
      '[::1]:8080',
      '[::1]:8080',
      'civitai.com',
      'civitai.red',
    ]) {
      await time.settle(pace.acquire(host, never));
    }
    assert.equal(time.clock.monotonic(), 0);
  });

  it('holds everybody on a host while it asks for quiet, also those who already wait', async () => {
    const time = manualTime();
    const pace = createPace(time);
    await pace.acquire('civitai.com', never);
    const waiting = pace.acquire('civitai.com', never);
    pace.pause('civitai.com', 30_000);
    await time.settle(waiting);
    assert.equal(time.clock.monotonic(), 30_000);
  });

  it('gives the place of an aborted caller to the next', async () => {
    const time = manualTime();
    const pace = createPace(time);
    await pace.acquire('civitai.com', never);
    const leaving = new AbortController();
    const left = pace.acquire('civitai.com', leaving.signal);
    const next = pace.acquire('civitai.com', never);
    leaving.abort();
    await assert.rejects(left, { name: 'AbortError' });
    await time.settle(next);
    assert.equal(time.clock.monotonic(), 2000);
  });

  it('never lets two requests start closer than the interval, whoever aborts and pauses', async () => {
    const event = fc.record({ aborts: fc.boolean(), pauseMs: fc.option(fc.integer({ min: 1, max: 9000 })) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5000 }),
        async (events, interval) => {
          const time = manualTime();
          const pace = createPace({ ...time, intervalMs: () => interval });
          const starts: number[] = [];
          const callers = events.map(async ({ aborts, pauseMs }) => {
            const controller = new AbortController();
            if (aborts) queueMicrotask(() => controller.abort());
            if (pauseMs !== null) pace.pause('h', pauseMs);
            await pace.acquire('h', controller.signal);
            starts.push(time.clock.monotonic());
          });
          const outcomes = await time.settle(Promise.allSettled(callers));
          assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, starts.length);
          assert.ok(starts.length >= events.filter(({ aborts }) => !aborts).length, 'nobody is forgotten');
          for (const [index, start] of starts.entries()) {
            if (index > 0) assert.ok(start - (starts[index - 1] ?? 0) >= interval);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
