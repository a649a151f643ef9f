import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readModel } from '#engines/civitai';

import { presentDetail } from './present-detail.ts';

const at = '2026-11-22T00:00:00.000Z';

function detail(fields: object) {
  const reading = readModel({ id: 1, name: 'Washi', type: 'LORA', modelVersions: [], ...fields });
  assert.ok('item' in reading);
  return presentDetail(reading.item, {
    siteUrl: 'https://site.example',
    now: Date.parse(at),
    source: 'catalogue',
    firstSeenAt: at,
    seenAt: at,
    isRemoved: false,
    vanished: [],
    history: [],
    libraryIdOf: () => null,
  });
}

describe('a model in full', () => {
  it('says which of its tags are categories', () => {
    assert.deepEqual(detail({ tags: ['anime', 'style', 'character'] }).categories, {
      primary: 'character',
      all: ['character', 'style'],
    });
    assert.deepEqual(detail({ tags: ['anime'] }).categories, { primary: null, all: [] });
  });

  it('has a suggestion for the base model only where the site names none', () => {
    const versions = [
      { id: 2, name: 'for NoobAI', files: [] },
      { id: 3, name: 'for NoobAI', baseModel: 'Pony', files: [] },
      { id: 4, name: 'v3, still', files: [] },
    ];
    const shown = detail({ modelVersions: versions }).versions;
    assert.deepEqual(
      shown.map(({ baseModel, baseSuggestion }) => [baseModel, baseSuggestion?.base ?? null]),
      [
        [null, 'NoobAI'],
        ['Pony', null],
        [null, null],
      ],
    );
    assert.ok((shown[0]?.baseSuggestion?.confidence ?? 1) < 0.8);
  });
});
