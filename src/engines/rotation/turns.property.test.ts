/** What holds for every plan. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { dayNumber, dayOf, monthOf, type Weekday } from './calendar-day.ts';
import { positionsOf } from './positions.ts';
import type { RotationPlan, RotationScheme } from './rotation-plan.ts';
import { turnOn, turnsBetween } from './turns.ts';

const weekday = fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7);
const weekdays = fc.uniqueArray(weekday, { minLength: 1 });
const gfs = fc.record({
  kind: fc.constant('gfs' as const),
  sons: fc.uniqueArray(weekday),
  fatherOn: weekday,
  grandfathers: fc.constantFrom(0, 1, 3, 12),
  yearly: fc.constantFrom(0, 1, 3),
});
const hanoi = fc.record({ kind: fc.constant('hanoi' as const), sets: fc.integer({ min: 2, max: 6 }), weekdays });
const cycle = fc.record({
  kind: fc.constant('custom' as const),
  media: fc.integer({ min: 1, max: 6 }),
  every: fc.integer({ min: 1, max: 4 }),
  unit: fc.constantFrom<'day' | 'week' | 'month'>('day', 'week', 'month'),
});

const start = dayNumber('2026-01-01');
const someDay = fc.integer({ min: start, max: start + 1100 });

function planOf<Scheme extends RotationScheme>(scheme: fc.Arbitrary<Scheme>) {
  return fc.record({
    scheme,
    startsOn: someDay.map(dayOf),
    holidays: fc.array(someDay.map(dayOf), { maxLength: 120 }).map((days) => new Set(days)),
  });
}

const anyPlan: fc.Arbitrary<RotationPlan> = planOf(fc.oneof(gfs, hanoi, cycle));

describe('turnsBetween', () => {
  it('names positions of the scheme only, on working days only, at most one a day, in order', () => {
    fc.assert(
      fc.property(anyPlan, someDay, fc.integer({ min: 0, max: 120 }), (plan, from, days) => {
        const turns = turnsBetween(plan, dayOf(from), dayOf(from + days));
        const known = new Set(positionsOf(plan.scheme));
        for (const { day, position } of turns) {
          assert.ok(known.has(position), position);
          assert.ok(!plan.holidays.has(day), day);
          assert.ok(day >= plan.startsOn && day >= dayOf(from) && day <= dayOf(from + days), day);
        }
        const order = turns.map(({ day }) => day);
        assert.deepEqual(order, [...new Set(order)].toSorted());
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same turns however the time is cut', () => {
    fc.assert(
      fc.property(anyPlan, someDay, fc.integer({ min: 1, max: 60 }), (plan, from, days) => {
        const middle = from + Math.floor(days / 2);
        assert.deepEqual(
          [
            ...turnsBetween(plan, dayOf(from), dayOf(middle)),
            ...turnsBetween(plan, dayOf(middle + 1), dayOf(from + days)),
          ],
          turnsBetween(plan, dayOf(from), dayOf(from + days)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('lets a son rest a week, a father four weeks where there are no holidays, and nobody but sons twice in a month', () => {
    fc.assert(
      fc.property(planOf(gfs), (plan) => {
        const last = new Map<string, number>();
        for (const { day, position } of turnsBetween(plan, plan.startsOn, dayOf(dayNumber(plan.startsOn) + 500))) {
          const number = dayNumber(day);
          const before = last.get(position);
          last.set(position, number);
          if (before === undefined) continue;
          if (position.startsWith('son')) assert.equal((number - before) % 7, 0);
          if (position.startsWith('father') && plan.holidays.size === 0) assert.ok(number - before >= 28);
          if (!position.startsWith('son')) assert.notEqual(monthOf(number), monthOf(before));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps, by the tower of Hanoi, a state between a quarter and a half of the cycle old', () => {
    fc.assert(
      fc.property(planOf(hanoi), fc.integer({ min: 0, max: 40 }), (plan, more) => {
        const { sets } = plan.scheme;
        const turns = turnsBetween(plan, plan.startsOn, dayOf(dayNumber(plan.startsOn) + 400));
        const session = 2 ** (sets - 1) + more;
        if (turns.length < session) return;
        const used = new Map(turns.slice(0, session).map(({ position }, index) => [position, index + 1]));
        const oldest = Math.max(...[...used.values()].map((at) => session - at));
        assert.ok(oldest >= 2 ** (sets - 2) && oldest < 2 ** (sets - 1), `${sets} sets: ${oldest} sessions back`);
      }),
      { numRuns: 60 },
    );
  });

  it('agrees with turnOn on every day', () => {
    fc.assert(
      fc.property(anyPlan, someDay, (plan, day) => {
        assert.deepEqual(turnOn(plan, dayOf(day)), turnsBetween(plan, plan.startsOn, dayOf(day)).at(-1));
      }),
      { numRuns: 60 },
    );
  });
});
