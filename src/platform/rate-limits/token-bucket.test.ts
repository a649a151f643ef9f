import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { array, assert as check, integer, property } from 'fast-check';

import { createMemoryBuckets, takeToken } from './index.ts';

const login = { capacity: 5, periodMs: 60_000 };

describe('a token bucket', () => {
  it('gives its capacity at once, then one token after each step', () => {
    let fullAt = 0;
    function take(now: number) {
      const taken = takeToken(fullAt, now, login);
      fullAt = taken.fullAt;
      return [taken.admitted, taken.remaining, taken.retryAfterMs];
    }
    for (const left of [4, 3, 2, 1, 0]) assert.deepEqual(take(1000), [true, left, 0]);
    assert.deepEqual(take(1000), [false, 0, 12_000]);
    assert.deepEqual(take(12_999), [false, 0, 1]);
    assert.deepEqual(take(13_000), [true, 0, 0]);
    assert.deepEqual(take(13_000), [false, 0, 12_000]);
    assert.deepEqual(take(73_000), [true, 4, 0]);
  });

  it('never admits more than capacity and what came back since, and admits whoever waited as told', () => {
    const capacity = integer({ min: 1, max: 20 });
    const waits = array(integer({ min: 0, max: 5000 }), { maxLength: 60 });
    check(
      property(capacity, integer({ min: 100, max: 9999 }), waits, (most, periodMs, pauses) => {
        const bucket = { capacity: most, periodMs };
        let [fullAt, now, admitted] = [0, 1_800_000_000_000, 0];
        const begun = now;
        for (const pause of pauses) {
          now += pause;
          const taken = takeToken(fullAt, now, bucket);
          if (taken.admitted) admitted += 1;
          else assert.ok(takeToken(taken.fullAt, now + taken.retryAfterMs, bucket).admitted);
          fullAt = taken.fullAt;
          assert.ok(taken.remaining >= 0 && taken.remaining < most);
          assert.ok(admitted <= most + ((now - begun) * most) / periodMs + 0.01, `${admitted}`);
        }
      }),
    );
  });
});

describe('buckets in memory', () => {
  it('count each key by itself, and take back what shall not count', async () => {
    const buckets = createMemoryBuckets({ now: () => 0, monotonic: () => 0 });
    for (let index = 0; index < 5; index += 1) assert.ok((await buckets.take('a', login)).admitted);
    assert.ok(!(await buckets.take('a', login)).admitted);
    assert.ok((await buckets.take('b', login)).admitted);
    await buckets.giveBack('a', login);
    assert.equal((await buckets.take('a', login)).admitted, true);
    assert.equal((await buckets.take('a', login)).admitted, false);
  });

  it('never hold more than their bound, and let the ones idle longest go first', async () => {
    const buckets = createMemoryBuckets({ now: () => 0, monotonic: () => 0 }, 10);
    const single = { capacity: 1, periodMs: 60_000 };
    for (let index = 0; index < 11; index += 1) await buckets.take(`address-${index}`, single);
    assert.equal((await buckets.take('address-10', single)).admitted, false);
    assert.equal((await buckets.take('address-1', single)).admitted, false);
    assert.equal((await buckets.take('address-0', single)).admitted, true, 'was forgotten');
  });
});
