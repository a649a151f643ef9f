import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readModel } from '#engines/civitai';

import { refusalOf } from './refusal.ts';

function wanted(flags: object) {
  const version = { id: 2, nsfwLevel: 1, files: [{ id: 3 }] };
  const reading = readModel({ id: 1, name: 'Somebody', nsfw: false, nsfwLevel: 1, modelVersions: [version], ...flags });
  assert.ok('item' in reading);
  const [first] = reading.item.versions;
  assert.ok(first);
  return { model: reading.item, version: first };
}

describe('what may be fetched', () => {
  it('is everything that shows nobody', () => {
    assert.equal(refusalOf(wanted({}), false), undefined);
    assert.equal(refusalOf(wanted({ name: 'Celebrity look', nsfw: true, nsfwLevel: 31 }), false), undefined);
  });

  it('needs a yes when a real person is shown', () => {
    for (const flags of [{ poi: true }, { tags: ['style', ' Celebrity'] }]) {
      assert.equal(refusalOf(wanted(flags), false), 'consent-needed', JSON.stringify(flags));
      assert.equal(refusalOf(wanted(flags), true), undefined, JSON.stringify(flags));
    }
  });

  it('never is adult content of real people or minors, whoever says yes', () => {
    for (const flags of [
      { poi: true, nsfwLevel: 9 },
      { minor: true, nsfwLevel: 9 },
      { minor: true, nsfw: true },
    ]) {
      assert.equal(refusalOf(wanted(flags), true), 'excluded', JSON.stringify(flags));
    }
  });
});
