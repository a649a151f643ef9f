import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { type ModelVersion, parseModelRef, readVersion } from '#engines/civitai';

import { filesByPointer, filesBySelector } from './select-file.ts';

function version(): ModelVersion {
  const reading = readVersion({
    id: 9,
    files: [
      { id: 1, name: 'a.ckpt', type: 'Model', primary: true, metadata: { format: 'PickleTensor', fp: 'fp16' } },
      { id: 2, name: 'a.safetensors', type: 'Model', metadata: { format: 'SafeTensor', fp: 'fp32', size: 'full' } },
      { id: 3, name: 'a.safetensors', type: 'Model', metadata: { format: 'SafeTensor', fp: 'fp16', size: 'pruned' } },
      { id: 4, name: 'a.vae.pt', type: 'VAE', metadata: { format: 'PickleTensor' } },
      { id: 5, name: 'a.yaml', type: 'Config' },
    ],
  });
  assert.ok('item' in reading);
  return reading.item;
}

function idsBy(selector: string): readonly number[] {
  return filesBySelector(version(), selector).map(({ fileId }) => fileId);
}

function idsByUrl(query: string): readonly number[] {
  const ref = parseModelRef(`https://civitai.com/api/download/models/9${query}`);
  assert.ok(ref.kind === 'version');
  return filesByPointer(version(), ref.file).map(({ fileId }) => fileId);
}

describe('choosing a file', () => {
  it('prefers safe formats to what the site calls primary', () => {
    assert.deepEqual(
      filesByPointer(version(), undefined).map(({ fileId }) => fileId),
      [2],
    );
  });

  it('goes by number, name, type, format, precision and size', () => {
    assert.deepEqual(idsBy('4'), [4]);
    assert.deepEqual(idsBy('A.CKPT'), [1]);
    assert.deepEqual(idsBy('vae'), [4]);
    assert.deepEqual(idsBy('PickleTensor'), [1]);
    assert.deepEqual(idsBy('pruned'), [3]);
    assert.deepEqual(idsBy('all'), [1, 2, 3, 4, 5]);
  });

  it('keeps to what an address says', () => {
    assert.deepEqual(idsByUrl('?fileId=1'), [1]);
    assert.deepEqual(idsByUrl('?type=VAE'), [4]);
    assert.deepEqual(idsByUrl('?type=Model&format=SafeTensor&size=pruned&fp=fp16'), [3]);
  });

  it('names what there is when nothing fits', () => {
    for (const choose of [() => idsBy('GGUF'), () => idsByUrl('?fileId=77')]) {
      assert.throws(choose, (error: { code: string; params: { files: string } }) => {
        assert.equal(error.code, 'models.no-such-file');
        assert.match(error.params.files, /4 a\.vae\.pt \(VAE\)/);
        return true;
      });
    }
  });
});
