import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readStoredZip, writeZip } from './index.ts';

const files = [
  { name: 'manifest.json', content: Buffer.from('{"a":1}\n') },
  { name: '証跡/空.txt', content: Buffer.alloc(0) },
];

describe('an archive', () => {
  it('is the same each time, and gives its files back', () => {
    const archive = writeZip(files);
    assert.deepEqual(writeZip(files), archive);
    const read = readStoredZip(archive);
    assert.deepEqual(
      read?.map(({ name, content }) => [name, Buffer.from(content)]),
      files.map(({ name, content }) => [name, content]),
    );
  });

  it('has no byte that could be another', () => {
    const archive = Buffer.from(writeZip(files));
    for (const [at, byte] of archive.entries()) {
      const changed = Buffer.from(archive);
      changed[at] = byte ^ 1;
      assert.equal(readStoredZip(changed), undefined, `byte ${at}`);
    }
    assert.equal(readStoredZip(archive.subarray(0, -1)), undefined);
    assert.equal(readStoredZip(Buffer.from('no archive at all, but long enough for a header')), undefined);
  });
});
