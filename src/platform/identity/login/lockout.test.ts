import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { array, boolean, assert as check, integer, property, record } from 'fast-check';

import { DAY, MINUTE } from '#kernel/units';

import { accountLimits } from './attempts.ts';
import { type AttemptState, chargeAttempt } from './lockout.ts';

/** Attempts that all fail, at these distances from each other. */
function failAt(waits: readonly number[]) {
  let state: AttemptState | undefined;
  let now = 0;
  return waits.map((wait) => {
    now += wait;
    const charged = chargeAttempt(state, now, accountLimits);
    ({ state } = charged);
    return { now, ...charged };
  });
}

describe('chargeAttempt', () => {
  it('locks with the fifth failure for 15 minutes, and for twice as long each further time, a day at most', () => {
    const locks: number[] = [];
    let state: AttemptState | undefined;
    let now = 0;
    for (let round = 0; round < 9; round += 1) {
      for (let failure = 1; failure <= 5; failure += 1) {
        const charged = chargeAttempt(state, now, accountLimits);
        assert.equal(charged.admitted, true);
        assert.equal(charged.locks, failure === 5);
        ({ state } = charged);
      }
      locks.push(((state?.lockedUntil ?? 0) - now) / MINUTE);
      now = state?.lockedUntil ?? 0;
    }
    assert.deepEqual(locks, [15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
  });

  it('admits nothing while locked, however often it is tried, and does not make the lock longer', () => {
    const tries = failAt([0, 0, 0, 0, 0, ...Array.from({ length: 50 }, () => 1000)]);
    assert.ok(tries.slice(5).every(({ admitted }) => !admitted));
    assert.equal(tries.at(-1)?.state.lockedUntil, 15 * MINUTE);
  });

  it('forgets after a quiet day', () => {
    const tries = failAt([0, 0, 0, 0, 0, 15 * MINUTE + DAY + 1]);
    assert.deepEqual(tries.at(-1)?.state, { failures: 1, level: 0, lastAt: tries.at(-1)?.now, lockedUntil: 0 });
  });

  it('never lets more than five wrong tries through between two locks, whatever the rhythm', () => {
    const step = record({ wait: integer({ min: 0, max: 3 * 60 * MINUTE }), burst: boolean() });
    check(
      property(array(step, { maxLength: 200 }), (steps) => {
        const tries = failAt(steps.map(({ wait, burst }) => (burst ? 0 : wait)));
        let admitted = 0;
        for (const one of tries) {
          if (one.admitted) admitted += 1;
          assert.ok(admitted <= accountLimits.allowed);
          if (one.locks) admitted = 0;
          assert.ok(one.state.lockedUntil - one.now <= accountLimits.longestLockMs);
        }
      }),
    );
  });
});
