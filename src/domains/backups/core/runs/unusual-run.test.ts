import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { type MeasuredRun, unusualIn } from './unusual-run.ts';

const gigabyte = 1_000_000_000;

function run(minutes: number, bytes = gigabyte): MeasuredRun {
  const startedAt = '2026-11-22T00:00:00.000Z';
  return { startedAt, endedAt: new Date(Date.parse(startedAt) + minutes * 60_000).toISOString(), bytes };
}

const usual = [run(60), run(50), run(70), run(60), run(61), run(2)];

describe('unusualIn', () => {
  it('tells of a run that takes more than three times as long as they usually do', () => {
    assert.deepEqual(unusualIn(run(181), usual), [{ what: 'duration', value: 181 * 60, usual: 60 * 60 }]);
    assert.deepEqual(unusualIn(run(179), usual), []);
  });

  it('tells of a backup that is half as large, and of one three times as large', () => {
    assert.deepEqual(unusualIn(run(60, 0.4 * gigabyte), usual)[0]?.what, 'size');
    assert.deepEqual(unusualIn(run(60, 0), usual)[0]?.value, 0);
    assert.deepEqual(unusualIn(run(60, 4 * gigabyte), usual)[0]?.usual, gigabyte);
    assert.deepEqual(unusualIn(run(60, 0.6 * gigabyte), usual), []);
  });

  it('knows nothing of usual before five runs, and lets small things be small', () => {
    assert.deepEqual(unusualIn(run(600, 0), usual.slice(0, 4)), []);
    const small = Array.from({ length: 5 }, () => run(0.1, 1000));
    assert.deepEqual(unusualIn(run(4, 100_000), small), []);
  });

  it('compares with the last twenty only', () => {
    const grown = [...Array.from({ length: 20 }, () => run(60, 9 * gigabyte)), ...usual];
    assert.deepEqual(unusualIn(run(60, 9 * gigabyte), grown), []);
  });
});
