import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { ModelFacts } from '#engines/modelscan';

import { contradictionsOf, type FileClaims } from './contradictions.ts';

function judged(id: string, confidence = 0.9) {
  return { id, confidence, reasons: [] };
}

const nothing: ModelFacts = {
  tensors: 1,
  parameters: 1,
  dtypes: {},
  precision: null,
  kind: null,
  special: [],
  base: null,
  baseName: null,
  variant: null,
  rank: null,
  alpha: null,
  trainedWords: [],
  resolutions: [],
  statedBases: [],
  trainedOn: null,
  mergeRecipe: null,
  notes: {},
};
const sd1Lora: ModelFacts = {
  ...nothing,
  kind: judged('lora'),
  base: judged('sd1'),
  baseName: 'SD 1.x',
  precision: 'fp16',
};

function codes(facts: Partial<ModelFacts>, claims: Partial<FileClaims>): readonly string[] {
  const said = { type: 'LORA', baseModel: 'SD 1.5', precision: null, ...claims };
  return contradictionsOf({ ...sd1Lora, ...facts }, said).map(({ code }) => code);
}

describe('what contradicts the content of a file', () => {
  it('is nothing when all agree, or nobody says anything', () => {
    assert.deepEqual(codes({}, {}), []);
    assert.deepEqual(codes({}, { precision: 'fp16' }), []);
    assert.deepEqual(codes({}, { type: 'Other', baseModel: null }), []);
    assert.deepEqual(contradictionsOf(nothing, { type: 'LORA', baseModel: 'SDXL 1.0', precision: 'fp16' }), []);
  });

  it('is another type, base or precision', () => {
    assert.deepEqual(codes({}, { type: 'Checkpoint' }), ['models.facts-type']);
    assert.deepEqual(codes({}, { baseModel: 'SDXL 1.0' }), ['models.facts-base']);
    assert.deepEqual(codes({}, { baseModel: 'Pony' }), ['models.facts-base']);
    assert.deepEqual(codes({}, { precision: 'fp32' }), ['models.facts-precision']);
    assert.deepEqual(codes({ statedBases: ['sdxl_base_v1-0'] }, {}), ['models.facts-note']);
  });

  it('is another edition of the same base', () => {
    const flux = { base: judged('flux1'), baseName: 'Flux.1', variant: 'dev' };
    assert.deepEqual(codes(flux, { baseModel: 'Flux.1 S' }), ['models.facts-base']);
    assert.deepEqual(codes(flux, { baseModel: 'Flux.1 D' }), []);
    assert.deepEqual(codes({ ...flux, variant: 'fill' }, { baseModel: 'Flux.1 D' }), []);
  });

  it('is not what people use for one another, nor what looks alike', () => {
    assert.deepEqual(codes({ kind: judged('locon') }, {}), []);
    assert.deepEqual(codes({ kind: judged('vae') }, { type: 'Checkpoint' }), []);
    const sdxl = { base: judged('sdxl'), baseName: 'SDXL' };
    assert.deepEqual(codes(sdxl, { baseModel: 'Kolors' }), []);
    assert.deepEqual(codes(sdxl, { baseModel: 'Illustrious' }), []);
    assert.deepEqual(codes(sdxl, { baseModel: 'Something new' }), []);
    assert.deepEqual(codes({ precision: 'Q4_K_M' }, { precision: 'fp16' }), []);
  });

  it('is not told of what is not sure', () => {
    assert.deepEqual(codes({ kind: judged('lora', 0.6) }, { type: 'Checkpoint' }), []);
    assert.deepEqual(codes({ base: judged('flux1', 0.65) }, { baseModel: 'SDXL 1.0' }), []);
  });
});
