import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { CycleScheme, GfsScheme, HanoiScheme, RotationScheme, Turn } from './rotation-plan.ts';
import { turnOn, turnsBetween } from './turns.ts';

const gfs: GfsScheme = { kind: 'gfs', sons: [1, 2, 3, 4], fatherOn: 5, grandfathers: 12, yearly: 1 };
const hanoi: HanoiScheme = { kind: 'hanoi', sets: 3, weekdays: [1, 2, 3, 4, 5, 6, 7] };

function turns(scheme: RotationScheme, from: string, to: string, holidays: readonly string[] = []): readonly Turn[] {
  return turnsBetween({ scheme, startsOn: '2026-01-01', holidays: new Set(holidays) }, from, to);
}

function told(list: readonly Turn[]): string {
  return list.map(({ day, position }) => `${day.slice(5)} ${position}`).join(', ');
}

describe('grandfather, father, son', () => {
  it('names a son each day, a father each Friday, a grandfather for the last one of a month', () => {
    assert.equal(
      told(turns(gfs, '2026-11-16', '2026-11-30')),
      '11-16 son-1, 11-17 son-2, 11-18 son-3, 11-19 son-4, 11-20 father-3, ' +
        '11-23 son-1, 11-24 son-2, 11-25 son-3, 11-26 son-4, 11-27 grandfather-11, 11-30 son-1',
    );
  });

  it('takes the yearly medium for the last father of December', () => {
    assert.equal(
      told(turns(gfs, '2026-12-25', '2026-12-31')),
      '12-25 yearly-1, 12-28 son-1, 12-29 son-2, 12-30 son-3, 12-31 son-4',
    );
  });

  it('lets a father whose day is a holiday go in the working day before, and leaves out a son on a holiday', () => {
    const holidays = ['2026-11-03', '2026-11-20', '2026-11-27', '2026-11-26'];
    assert.equal(
      told(turns(gfs, '2026-11-02', '2026-11-27', holidays)),
      '11-02 son-1, 11-04 son-3, 11-05 son-4, 11-06 father-1, 11-09 son-1, 11-10 son-2, 11-11 son-3, 11-12 son-4, ' +
        '11-13 father-2, 11-16 son-1, 11-17 son-2, 11-18 son-3, 11-19 father-3, ' +
        '11-23 son-1, 11-24 son-2, 11-25 grandfather-11',
    );
  });

  it('moves the grandfather a week back when the whole last week is free', () => {
    const holidays = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'];
    assert.equal(told(turns(gfs, '2026-11-20', '2026-11-30', holidays)), '11-20 grandfather-11, 11-30 son-1');
  });

  it('knows the leap day', () => {
    const scheme: GfsScheme = { ...gfs, sons: [1, 2, 3, 4, 5, 6, 7], fatherOn: 2 };
    const plan = { scheme, startsOn: '2028-01-01', holidays: new Set<string>() };
    assert.equal(told(turnsBetween(plan, '2028-02-28', '2028-03-01')), '02-28 son-1, 02-29 grandfather-2, 03-01 son-3');
  });

  it('needs no grandfathers', () => {
    const scheme: GfsScheme = { ...gfs, sons: [], grandfathers: 0, yearly: 0 };
    assert.equal(
      told(turns(scheme, '2026-10-01', '2026-11-06')),
      '10-02 father-1, 10-09 father-2, 10-16 father-3, 10-23 father-4, 10-30 father-5, 11-06 father-1',
    );
  });
});

describe('the tower of Hanoi', () => {
  it('uses its sets every second, fourth and fourth session', () => {
    assert.equal(
      turns(hanoi, '2026-01-01', '2026-01-08')
        .map(({ position }) => position.slice(4))
        .join(' '),
      '1 2 1 3 1 2 1 3',
    );
  });

  it('counts working days only: a holiday moves the whole sequence, it skips nothing', () => {
    const weekdays: HanoiScheme = { ...hanoi, weekdays: [1, 2, 3, 4, 5] };
    assert.equal(
      told(turns(weekdays, '2026-01-01', '2026-01-07', ['2026-01-02'])),
      '01-01 set-1, 01-05 set-2, 01-06 set-1, 01-07 set-3',
    );
  });
});

describe('a custom cycle', () => {
  const monthly: CycleScheme = { kind: 'custom', media: 2, every: 1, unit: 'month' };

  it('keeps the day of the month, or takes the last one', () => {
    const plan = { scheme: monthly, startsOn: '2027-12-31', holidays: new Set<string>() };
    assert.equal(
      told(turnsBetween(plan, '2027-12-01', '2028-04-30')),
      '12-31 medium-1, 01-31 medium-2, 02-29 medium-1, 03-31 medium-2, 04-30 medium-1',
    );
  });

  it('waits for the next working day', () => {
    const weekly: CycleScheme = { kind: 'custom', media: 3, every: 1, unit: 'week' };
    const holidays = ['2026-01-08', '2026-01-09'];
    assert.equal(
      told(turns(weekly, '2026-01-01', '2026-01-15', holidays)),
      '01-01 medium-1, 01-10 medium-2, 01-15 medium-3',
    );
  });
});

describe('turnOn', () => {
  const plan = { scheme: gfs, startsOn: '2026-01-05', holidays: new Set<string>() };

  it('leaves the medium of Friday in over the weekend', () => {
    assert.deepEqual(turnOn(plan, '2026-11-22'), { day: '2026-11-20', position: 'father-3' });
  });

  it('knows nothing before the first turn', () => {
    assert.equal(turnOn(plan, '2026-01-04'), undefined);
    assert.equal(turnOn({ ...plan, scheme: hanoi }, '2026-01-04'), undefined);
  });

  it('refuses what is no day', () => {
    assert.throws(() => turnOn(plan, '2026-02-29'), RangeError);
  });
});
