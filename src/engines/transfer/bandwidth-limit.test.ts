import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { Clock } from '#kernel/clock';
import { SECOND } from '#kernel/units';

import { type BandwidthLimit, createBandwidthLimit, joinBandwidthLimits } from './bandwidth-limit.ts';

const never = new AbortController().signal;

/** Time that passes only while somebody waits for it. */
function createFakeTime(): { readonly clock: Clock; readonly wait: (ms: number) => Promise<void> } {
  let now = 0;
  return {
    clock: { now: () => now, monotonic: () => now },
    async wait(ms) {
      // Whoever may go on now does so before time passes.
      await setImmediate();
      now += ms;
    },
  };
}

interface Passed {
  readonly at: number;
  readonly count: number;
}

/** Several takers that ask for one block after the other, as connections do. */
async function passAll(limit: BandwidthLimit, clock: Clock, takers: readonly (readonly number[])[]): Promise<Passed[]> {
  const passed: Passed[] = [];
  await Promise.all(
    takers.map(async (counts) => {
      for (const count of counts) {
        await limit.take(count, never);
        passed.push({ at: clock.monotonic(), count });
      }
    }),
  );
  return passed;
}

function busiestSecond(passed: readonly Passed[]): number {
  return Math.max(
    ...passed.map(({ at }) =>
      passed.filter((one) => one.at >= at && one.at <= at + SECOND).reduce((sum, { count }) => sum + count, 0),
    ),
  );
}

const blocks = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 20 });

describe('createBandwidthLimit', () => {
  it('never lets more through in any second than the rate and one block', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1000, max: 200_000 }),
        fc.array(blocks, { minLength: 1, maxLength: 5 }),
        async (rate, takers) => {
          const { clock, wait } = createFakeTime();
          const passed = await passAll(createBandwidthLimit(rate, clock, wait), clock, takers);
          const sum = takers.flat().reduce((total, count) => total + count, 0);
          const largest = Math.max(...takers.flat());
          assert.equal(passed.length, takers.flat().length);
          assert.ok(busiestSecond(passed) <= rate + largest + 1, 'too much in one second');
          assert.ok(clock.monotonic() >= ((sum - largest) / rate) * SECOND - 1, 'too early');
          assert.ok(clock.monotonic() <= (sum / rate) * SECOND + 1, 'slower than allowed');
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is one limit for everybody who holds it, in the order of asking', async () => {
    const { clock, wait } = createFakeTime();
    const limit = createBandwidthLimit(1000, clock, wait);
    const order: string[] = [];
    async function take(name: string): Promise<void> {
      await limit.take(1000, never);
      order.push(`${name} ${Math.round(clock.monotonic())}`);
    }
    await Promise.all(['a', 'b', 'c'].map(take));
    assert.deepEqual(order, ['a 0', 'b 1000', 'c 2000']);
  });

  it('heeds a changed rate while transfers wait', async () => {
    const { clock, wait } = createFakeTime();
    let rate = 1;
    const limit = createBandwidthLimit(() => rate, clock, wait);
    await limit.take(1_000_000, never);
    const slow = limit.take(1, never);
    rate = 0;
    await slow;
    assert.ok(clock.monotonic() <= 250);
    rate = 100;
    await limit.take(100, never);
    const before = clock.monotonic();
    await limit.take(1, never);
    assert.ok(clock.monotonic() - before >= 999);
  });

  it('lets go of one that is stopped, and does not charge it', async () => {
    const { clock, wait } = createFakeTime();
    const limit = createBandwidthLimit(10, clock, wait);
    await limit.take(10, never);
    const stop = new AbortController();
    const stopped = limit.take(1_000_000, stop.signal);
    const next = limit.take(1, never);
    stop.abort(new Error('stopped'));
    await assert.rejects(stopped, /stopped/);
    await next;
    assert.ok(clock.monotonic() <= 1250);
    await assert.rejects(limit.take(1, stop.signal), /stopped/);
  });
});

describe('joinBandwidthLimits', () => {
  it('is as slow as the slowest, and nothing when there is none', async () => {
    const { clock, wait } = createFakeTime();
    const joined = joinBandwidthLimits([
      createBandwidthLimit(1000, clock, wait),
      undefined,
      createBandwidthLimit(100, clock, wait),
    ]);
    await joined?.take(100, never);
    await joined?.take(1, never);
    assert.ok(clock.monotonic() >= 999 && clock.monotonic() <= 1250);
    assert.equal(joinBandwidthLimits([undefined]), undefined);
  });
});
