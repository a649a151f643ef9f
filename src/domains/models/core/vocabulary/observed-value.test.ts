import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DAY } from '#kernel/units';

import { confidenceOf, isForgotten, isNews, type ObservedValue, TRUSTED } from './observed-value.ts';

const at = '2026-11-01T00:00:00.000Z';

function observed(facts: Partial<ObservedValue>): ObservedValue {
  return { kind: 'base', value: 'Flux.9', firstSeenAt: at, lastSeenAt: at, sightings: 1, source: 'model', ...facts };
}

describe('trust in a new word', () => {
  it('begins at 0.3 with one model, at 0.5 with the list of the site, and grows by a tenth per model', () => {
    assert.deepEqual(
      [1, 2, 3, 6, 40].map((sightings) => confidenceOf({ source: 'model', sightings })),
      [0.3, 0.4, 0.5, 0.8, 1],
    );
    assert.deepEqual(
      [0, 1, 3, 40].map((sightings) => confidenceOf({ source: 'list', sightings })),
      [0.5, 0.6, 0.8, 1],
    );
    assert.ok(confidenceOf({ source: 'list', sightings: 3 }) >= TRUSTED);
  });

  it('is lost after thirty days without a sighting, and only while it is weak', () => {
    const later = Date.parse(at) + 30 * DAY;
    assert.equal(isForgotten(observed({ sightings: 2 }), later), false);
    assert.equal(isForgotten(observed({ sightings: 2 }), later + 1), true);
    assert.equal(isForgotten(observed({ sightings: 3 }), later + 1), false);
    assert.equal(isForgotten(observed({ sightings: 0, source: 'list' }), later + 1), false);
  });

  it('is asked only for words that Kura did not come with and that are names', () => {
    assert.equal(isNews('type', 'HoloLattice'), true);
    assert.equal(isNews('type', 'lora'), false);
    assert.equal(isNews('base', 'SDXL 1.0'), false);
    assert.equal(isNews('format', 'SafeTensor'), false);
    assert.equal(isNews('right', 'Sell'), false);
    assert.equal(isNews('right', 'Print'), true);
    for (const junk of ['', ' -- ', 'x'.repeat(101)]) assert.equal(isNews('base', junk), false);
  });
});
