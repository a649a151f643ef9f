import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';

import { basesOfFamily } from './base-models.ts';
import type { ObservedValue } from './observed-value.ts';
import { createVocabulary, expandBase } from './vocabulary.ts';

const at = '2026-11-01T00:00:00.000Z';
const seen = { firstSeenAt: at, lastSeenAt: at };
const learned: readonly ObservedValue[] = [
  { kind: 'base', value: 'Krea 3', sightings: 1, source: 'model', ...seen },
  { kind: 'base', value: 'SDXL', sightings: 8, source: 'model', ...seen },
  { kind: 'type', value: 'HoloLattice', sightings: 0, source: 'list', ...seen },
];

describe('a name in a filter', () => {
  const vocabulary = createVocabulary(learned);

  it('is asked for as the site spells it', () => {
    assert.deepEqual(vocabulary.resolve('type', 'lora'), {
      value: 'LORA',
      known: true,
      confidence: 1,
      suggestion: undefined,
    });
    assert.equal(vocabulary.resolve('format', 'safetensors').value, 'SafeTensor');
    assert.equal(vocabulary.warningFor('base', 'pony xl'), undefined);
  });

  it('may be one that was learned, which wins over an alias of ours', () => {
    assert.equal(vocabulary.resolve('type', 'holo lattice').value, 'HoloLattice');
    assert.equal(vocabulary.resolve('base', 'sdxl').value, 'SDXL');
    assert.equal(createVocabulary().resolve('base', 'sdxl').value, 'SDXL 1.0');
  });

  it('comes with a warning while it is hardly known', () => {
    assert.deepEqual(vocabulary.warningFor('base', 'krea 3'), { code: 'models.new-base', params: { name: 'Krea 3' } });
    assert.equal(vocabulary.warningFor('base', 'SDXL'), undefined);
  });

  it('passes through when nobody knows it, with what may have been meant', () => {
    assert.equal(vocabulary.resolve('base', ' Ilustrious ').value, 'Ilustrious');
    assert.deepEqual(vocabulary.warningFor('base', 'Ilustrious'), {
      code: 'models.unknown-base-near',
      params: { name: 'Ilustrious', suggestion: 'Illustrious' },
    });
    assert.deepEqual(vocabulary.warningFor('type', 'quantum foam'), {
      code: 'models.unknown-type',
      params: { name: 'quantum foam' },
    });
    assert.equal(vocabulary.resolve('base', 'Krea 4').suggestion, 'Krea 2');
  });

  it('stands for a whole family when it says so', () => {
    assert.deepEqual(expandBase('family:SDXL', vocabulary), basesOfFamily('sdxl'));
    assert.deepEqual(expandBase('pony xl', vocabulary), ['Pony']);
    assert.equal(vocabulary.warningFor('base', 'family:sdxl'), undefined);
    assert.throws(
      () => expandBase('family:sdxxl', vocabulary),
      (error) =>
        error instanceof KuraError && error.code === 'models.unknown-family' && error.params['families'] === 'sdxl',
    );
  });
});
