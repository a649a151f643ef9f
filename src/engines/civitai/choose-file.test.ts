import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { chooseFile, type FilePreferences } from './choose-file.ts';
import { readVersion } from './shapes/model-version.ts';
import { sampleFile } from './testing/sample-model.ts';

interface Spec {
  readonly type?: string;
  readonly format?: string;
  readonly fp?: string;
  readonly size?: string;
  readonly primary?: boolean;
}

function versionWith(specs: readonly Spec[]) {
  const files = specs.map(({ type = 'Model', primary = false, ...metadata }, index) => ({
    ...sampleFile(index + 1),
    type,
    primary,
    metadata,
  }));
  const reading = readVersion({ id: 1, files });
  assert.ok('item' in reading);
  return reading.item;
}

function chosen(specs: readonly Spec[], preferences?: FilePreferences): number | null {
  return chooseFile(versionWith(specs), preferences).file?.fileId ?? null;
}

describe('chooseFile', () => {
  it('takes the weights, not the training data that comes first', () => {
    assert.equal(chosen([{ type: 'Training Data', primary: true }, { format: 'SafeTensor' }]), 2);
  });

  it('takes safetensors before a pickle, even a primary one', () => {
    assert.equal(chosen([{ format: 'PickleTensor', primary: true }, { format: 'SafeTensor' }]), 2);
  });

  it('takes the primary one among equals', () => {
    assert.equal(
      chosen([
        { format: 'SafeTensor', fp: 'fp32' },
        { format: 'SafeTensor', fp: 'fp16', primary: true },
      ]),
      2,
    );
  });

  it('weighs format over precision over size over primary', () => {
    const files = [
      { format: 'SafeTensor', fp: 'fp32', size: 'full', primary: true },
      { format: 'SafeTensor', fp: 'fp16', size: 'full' },
      { format: 'SafeTensor', fp: 'fp16', size: 'pruned' },
      { format: 'GGUF', fp: 'fp16', size: 'pruned' },
    ];
    assert.equal(chosen(files), 1);
    assert.equal(chosen(files, { sizes: ['pruned'] }), 3);
    assert.equal(chosen(files, { fps: ['FP16', 'fp32'] }), 2);
    assert.equal(chosen(files, { fps: ['fp16'], sizes: ['pruned'] }), 3);
    assert.equal(chosen(files, { formats: ['gguf'], fps: ['fp32'] }), 4);
  });

  it('gives nothing rather than another type than the one asked for', () => {
    const choice = chooseFile(versionWith([{}, { type: 'Config' }]), { types: ['VAE'] });
    assert.equal(choice.file, null);
    assert.deepEqual(
      choice.alternatives.map((file) => file.fileId),
      [1, 2],
    );
    assert.equal(chosen([{}, { type: 'VAE' }], { types: ['vae'] }), 2);
  });

  it('gives nothing for a version without files', () => {
    assert.deepEqual(chooseFile(versionWith([])), { file: null, alternatives: [] });
  });

  it('never loses a file, and never depends on chance', () => {
    const spec = fc.record({
      type: fc.constantFrom('Model', 'VAE', 'Config', 'Something New'),
      format: fc.constantFrom('SafeTensor', 'PickleTensor', 'GGUF', 'Other'),
      fp: fc.constantFrom('fp16', 'fp32'),
    });
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 8 }), (specs) => {
        const { file, alternatives } = chooseFile(versionWith(specs));
        const all = [...(file === null ? [] : [file]), ...alternatives].map(({ fileId }) => fileId);
        assert.deepEqual(
          all.toSorted((a, b) => a - b),
          specs.map((_, index) => index + 1),
        );
        assert.equal(chosen(specs), file?.fileId ?? null);
      }),
    );
  });
});
