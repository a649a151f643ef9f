/** What holds for every register. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { type Instant, instant } from '#kernel/brands';
import { DAY, HOUR, MINUTE } from '#kernel/units';

import { evaluate } from './evaluate.ts';
import { defaultPolicy, type RulePolicy } from './policy.ts';
import type { CarrierState, RegisteredCopy } from './register.ts';
import { ago, goodCopies, goodCopy, job, now } from './testing/register-fixtures.ts';
import { type DigitState, digitNames, type Verdict } from './verdict.ts';

const carriers: readonly CarrierState[] = [
  'connected',
  'stored',
  'in-transit',
  'on-loan',
  'quarantine',
  'lost',
  'retired',
  'disabled',
  'unknown',
];
const moment = fc.integer({ min: -2 * HOUR, max: 40 * DAY }).map(ago);
const maybeMoment = fc.option(fc.integer({ min: -20 * DAY, max: 2 * DAY }).map(ago));
const interval = fc.constantFrom(HOUR, DAY, 7 * DAY);

const anyCopy: fc.Arbitrary<RegisteredCopy> = fc.record({
  id: fc.uuid(),
  enabled: fc.boolean(),
  storage: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  mediaKind: fc.constantFrom('disk', 'usb', 'tape', 'cloud', 'toString'),
  site: fc.constantFrom('tokyo', 'osaka'),
  encrypted: fc.boolean(),
  reported: fc.boolean(),
  carrier: fc.constantFrom(...carriers),
  expectedIntervalMs: interval,
  rotationIntervalMs: fc.option(interval),
  lastRun: fc.option(
    fc.record({ result: fc.constantFrom('success', 'success', 'warning', 'failed'), finishedAt: moment }),
  ),
  retainedUntil: maybeMoment,
  lockedUntil: maybeMoment,
  verificationEveryMs: fc.option(fc.constantFrom(7 * DAY, 30 * DAY)),
  lastVerification: fc.option(fc.record({ passed: fc.boolean(), finishedAt: moment })),
});

const anyPolicy: fc.Arbitrary<RulePolicy> = fc
  .record({
    minCopies: fc.nat(3),
    minMediaFamilies: fc.nat(2),
    minOffsite: fc.nat(1),
    minOffline: fc.nat(1),
    maxErrors: fc.nat(2),
    productionCounts: fc.boolean(),
    warningQualifies: fc.boolean(),
    immutableCountsAsOffline: fc.boolean(),
    encryption: fc.constantFrom('none', 'advised', 'required'),
  })
  .map((answers) => ({ ...defaultPolicy, ...answers }));

/** Three copies that satisfy the rule or nearly do, so that time has something to take away. */
const nearlyGood = fc.tuple(
  ...goodCopies().map((copy) =>
    fc
      .record({
        run: fc.integer({ min: -HOUR, max: 2 * DAY }),
        until: maybeMoment,
        verified: fc.integer({ min: -2 * HOUR, max: 31 * DAY }),
      })
      .map((times) => ({
        ...copy,
        lastRun: { result: 'success' as const, finishedAt: ago(times.run) },
        retainedUntil: times.until,
        lastVerification: { passed: true, finishedAt: ago(times.verified) },
      })),
  ),
);

const copies = fc
  .tuple(fc.oneof(nearlyGood, fc.constant([])), fc.array(anyCopy, { maxLength: 4 }))
  .map(([good, any]): readonly RegisteredCopy[] => [...good, ...any]);
const rank: Readonly<Record<DigitState, number>> = { fail: 0, unknown: 1, pass: 2 };

/** Its newest state turns too old on its own. */
const ageing = { ...job, goals: { ...job.goals, pointMs: 3 * DAY, newestPoint: ago(DAY) } };

function judge(register: readonly RegisteredCopy[], policy: RulePolicy, at: Instant = now): Verdict {
  return evaluate({ job: ageing, copies: register, policy, now: at });
}

function outcome({ status, digits }: Verdict): string {
  return [status, ...digitNames.map((name) => digits[name].state)].join(' ');
}

function later(at: Instant, ms: number): Instant {
  return instant(new Date(Date.parse(at) + ms));
}

describe('every verdict', () => {
  it('never gets worse in any digit by a qualifying, verified copy more', () => {
    const qualifying = fc
      .record({
        storage: fc.constantFrom('a', 'b', 'x'),
        mediaKind: fc.constantFrom('disk', 'tape', 'cloud'),
        site: fc.constantFrom('tokyo', 'osaka'),
        carrier: fc.constantFrom<CarrierState>('connected', 'stored', 'on-loan'),
      })
      .map((facts) => goodCopy('added', facts));
    fc.assert(
      fc.property(copies, qualifying, anyPolicy, (register, added, policy) => {
        const before = judge(register, policy);
        const after = judge([...register, added], policy);
        for (const name of digitNames)
          assert.ok(rank[after.digits[name].state] >= rank[before.digits[name].state], name);
      }),
    );
  });

  it('holds until validUntil, and not a millisecond longer', () => {
    let flips = 0;
    fc.assert(
      fc.property(copies, anyPolicy, fc.double({ min: 0, max: 1, noNaN: true }), (register, policy, fraction) => {
        const verdict = judge(register, policy);
        if (verdict.validUntil === null) {
          for (const days of [1, 20, 400])
            assert.equal(outcome(judge(register, policy, later(now, days * DAY))), outcome(verdict));
          return;
        }
        flips += 1;
        const span = Date.parse(verdict.validUntil) - Date.parse(now);
        for (const ms of [Math.floor((span - 1) * fraction), span - 1]) {
          assert.equal(outcome(judge(register, policy, later(now, ms))), outcome(verdict));
        }
        assert.notEqual(outcome(judge(register, policy, verdict.validUntil)), outcome(verdict));
      }),
      { numRuns: 500 },
    );
    assert.ok(flips > 100, `${flips} flips`);
  });

  it('does not depend on the order of the register', () => {
    fc.assert(
      fc.property(copies, anyPolicy, fc.infiniteStream(fc.nat()), (register, policy, keys) => {
        const shuffled = register
          .map((copy) => ({ copy, key: keys.next().value }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ copy }) => copy);
        assert.deepEqual(judge(shuffled, policy), judge(register, policy));
      }),
    );
  });

  it('counts a place once, however often it is registered', () => {
    fc.assert(
      fc.property(copies, anyPolicy, fc.nat(6), (register, policy, index) => {
        const twin = register[index];
        if (twin === undefined) return;
        const before = judge(register, policy);
        const after = judge([...register, { ...twin, id: 'twin' }], policy);
        for (const name of ['copies', 'media', 'offsite', 'offline'] as const) {
          assert.equal(after.digits[name].found, before.digits[name].found);
        }
      }),
    );
  });

  it('rests on no copy that reports more than five minutes ahead of the clock', () => {
    fc.assert(
      fc.property(copies, anyPolicy, fc.integer({ min: 1, max: 40 * DAY }), (register, policy, ahead) => {
        const lastRun = { result: 'success' as const, finishedAt: ago(-5 * MINUTE - ahead) };
        const { digits } = judge([...register, goodCopy('ahead', { lastRun })], policy);
        for (const name of digitNames) assert.ok(!digits[name].evidence.includes('ahead'));
      }),
    );
  });
});
