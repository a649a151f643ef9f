import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { SECOND } from '#kernel/units';

import { type WidthChange, WidthControl } from './width-control.ts';

/** Runs it over a line that carries `total(width)` bytes a second. */
function drive(total: (width: number, second: number) => number, seconds: number, max = 8) {
  const changes: WidthChange[] = [];
  const control = new WidthControl({ start: 2, max: () => max, onChange: (change) => changes.push(change) });
  for (let second = 0; second < seconds; second += 1) {
    control.measured(total(control.width, second), true, second * SECOND);
  }
  return { control, changes };
}

describe('how many files at once', () => {
  it('grows as long as the whole becomes faster, and stops where it does not', () => {
    const { control, changes } = drive((width) => Math.min(width * 10, 40), 60);
    assert.equal(control.width, 4);
    assert.deepEqual(
      changes.map(({ from, to, reason }) => `${from}>${to} ${reason}`),
      ['2>3 probe', '3>4 faster', '4>5 faster', '5>4 no-gain'],
    );
  });

  it('stays low on a line that one file fills', () => {
    assert.equal(drive(() => 50, 50).control.width, 2);
  });

  it('never exceeds its limit', () => {
    const { control, changes } = drive((width) => width * 10, 300, 3);
    assert.equal(control.width, 3);
    assert.ok(changes.every(({ to }) => to <= 3));
  });

  it('tries again after a while: lines change', () => {
    const { control } = drive((width, second) => Math.min(width * 10, second < 60 ? 20 : 60), 240);
    assert.ok(control.width >= 5, String(control.width));
  });

  it('is halved when the site says that it is too much', () => {
    const { control, changes } = drive((width) => width * 10, 60, 8);
    assert.equal(control.width, 8);
    control.refused(60 * SECOND);
    assert.equal(control.width, 4);
    assert.equal(changes.at(-1)?.reason, 'refused');
    control.refused(61 * SECOND);
    control.refused(62 * SECOND);
    control.refused(63 * SECOND);
    assert.equal(control.width, 1);
  });

  it('learns nothing while places are idle', () => {
    const changes: WidthChange[] = [];
    const control = new WidthControl({ start: 2, max: () => 8, onChange: (change) => changes.push(change) });
    for (let second = 0; second < 60; second += 1) control.measured(10, false, second * SECOND);
    assert.deepEqual(changes, []);
  });
});
