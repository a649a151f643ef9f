import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { manualTime } from '../testing/manual-time.ts';
import type { PaceOutcome } from './adaptive-rate.ts';
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

  it('never exceeds the configured rate with eight parallel callers, whenever they come and whatever they hear', async () => {
    const caller = fc.array(
      fc.record({
        thinksMs: fc.integer({ min: 0, max: 9000 }),
        hears: fc.constantFrom<PaceOutcome>('success', 'success', 'throttled', 'error'),
      }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(caller, { minLength: 8, maxLength: 8 }), async (callers) => {
        const time = manualTime();
        const pace = createPace(time);
        const starts: number[] = [];
        await time.settle(
          Promise.all(
            callers.map(async (calls) => {
              for (const { thinksMs, hears } of calls) {
                await time.sleep(thinksMs, never);
                await pace.acquire('civitai.com', never);
                const sentAt = time.clock.monotonic();
                starts.push(sentAt);
                pace.report('civitai.com', hears, sentAt);
              }
            }),
          ),
        );
        assert.equal(starts.length, callers.flat().length);
        for (const [index, start] of starts.entries()) {
          if (index > 0) assert.ok(start - (starts[index - 1] ?? 0) >= 2000 - 1e-6, starts.join(', '));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('lets callers start in the order in which they came', async () => {
    const time = manualTime();
    const pace = createPace(time);
    const order: number[] = [];
    const callers = [1, 2, 3, 4, 5].map(async (caller) => {
      await pace.acquire('civitai.com', never);
      order.push(caller);
    });
    await time.settle(Promise.all(callers));
    assert.deepEqual(order, [1, 2, 3, 4, 5]);
  });

  it('tells once a second how long it still waits, and why', async () => {
    const time = manualTime();
    const told: [string, number][] = [];
    const pace = createPace({ ...time, onWait: ({ cause, ms }) => told.push([cause, ms]) });
    await pace.acquire('civitai.com', never);
    await time.settle(pace.acquire('civitai.com', never));
    pace.pause('civitai.com', 3500);
    await time.settle(pace.acquire('civitai.com', never));
    assert.deepEqual(told, [
      ['pace', 2000],
      ['asked', 3500],
      ['asked', 2500],
      ['asked', 1500],
    ]);
  });

  it('fails at once when asked for more quiet than anybody would sit out, and works again afterwards', async () => {
    const time = manualTime();
    const pace = createPace(time);
    pace.pause('civitai.com', 900_000);
    await assert.rejects(pace.acquire('civitai.com', never), { code: 'civitai.rate-limited', retryAfterMs: 900_000 });
    await time.settle(time.sleep(900_000, never));
    await time.settle(pace.acquire('civitai.com', never));
    assert.equal(time.clock.monotonic(), 900_000);
  });

  it('goes on in the next run where the last one stood', async () => {
    const before = manualTime();
    const first = createPace(before);
    await first.acquire('civitai.com', never);
    first.report('civitai.com', 'throttled', 0);
    first.pause('civitai.red', 30_000);
    const later = manualTime(before.clock.now() + 10_000);
    const second = createPace({ ...later, restored: first.snapshot() });
    await later.settle(second.acquire('civitai.red', never));
    assert.equal(later.clock.monotonic(), 20_000);
    await later.settle(second.acquire('civitai.com', never));
    await later.settle(second.acquire('civitai.com', never));
    assert.equal(later.clock.monotonic(), 22_500, 'at the rate that was learned');
  });

  it('is not held up by a state from the future', async () => {
    const time = manualTime();
    const years = time.clock.now() + 1e12;
    const pace = createPace({
      ...time,
      patienceMs: 3_600_000,
      restored: { 'civitai.com': { perSecond: null, opensAt: years, quietUntil: years } },
    });
    await time.settle(pace.acquire('civitai.com', never));
    assert.equal(time.clock.monotonic(), 3_600_000);
  });
});
