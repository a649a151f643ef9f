import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { SECOND } from '#kernel/units';

import { FileGroups } from './file-groups.ts';

function begin(groups: FileGroups, count: number): void {
  for (let file = 0; file < count; file += 1) groups.begun();
}

describe('files in groups', () => {
  it('are no matter where nobody asked for them', () => {
    const groups = new FileGroups();
    begin(groups, 50);
    assert.equal(groups.placesLeft({ pauseSeconds: 0 }, { count: 3, fetched: 40 }, 0), Number.POSITIVE_INFINITY);
  });

  it('let the next group begin when all of the one before have ended', () => {
    const groups = new FileGroups();
    const options = { batchSize: 3, pauseSeconds: 0 };
    assert.equal(groups.placesLeft(options, { count: 0, fetched: 0 }, 0), 3);
    begin(groups, 2);
    assert.equal(groups.placesLeft(options, { count: 2, fetched: 0 }, 0), 1);
    begin(groups, 1);
    assert.equal(groups.placesLeft(options, { count: 2, fetched: 1 }, 0), 0);
    assert.equal(groups.placesLeft(options, { count: 1, fetched: 2 }, 0), 0);
    assert.equal(groups.placesLeft(options, { count: 0, fetched: 3 }, 0), 3);
  });

  it('wait for the pause between two groups, each file being one where no size is given', () => {
    for (const [options, size] of [
      [{ batchSize: 2, pauseSeconds: 10 }, 2],
      [{ pauseSeconds: 10 }, 1],
    ] as const) {
      const groups = new FileGroups();
      begin(groups, size);
      assert.equal(groups.placesLeft(options, { count: 0, fetched: 1 }, 5 * SECOND), 0);
      assert.equal(groups.placesLeft(options, { count: 0, fetched: 1 }, 14.9 * SECOND), 0);
      assert.equal(groups.placesLeft(options, { count: 0, fetched: 1 }, 15 * SECOND), size);
    }
  });

  it('do not pause after a group of which everything was there', () => {
    const groups = new FileGroups();
    begin(groups, 2);
    assert.equal(groups.placesLeft({ batchSize: 2, pauseSeconds: 10 }, { count: 0, fetched: 0 }, 0), 2);
  });
});
