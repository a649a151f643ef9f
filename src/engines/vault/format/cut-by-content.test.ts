import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';

import { createCutter, fileCuts } from './cut-by-content.ts';

/** Noise that is the same in every run. */
function noise(bytes: number): Buffer {
  const blocks = Array.from({ length: bytes / 32 }, (_, index) => createHash('sha256').update(String(index)).digest());
  return Buffer.concat(blocks);
}

function chunksOf(content: Buffer, key?: Uint8Array): readonly string[] {
  const cutter = createCutter(fileCuts, key);
  const chunks: string[] = [];
  for (let at = 0; at < content.length; ) {
    const length = cutter.firstChunk(content.subarray(at));
    assert.ok(length <= fileCuts.most);
    assert.ok(length >= fileCuts.least || at + length === content.length);
    chunks.push(
      createHash('sha256')
        .update(content.subarray(at, at + length))
        .digest('hex'),
    );
    at += length;
  }
  return chunks;
}

describe('cutting by content', () => {
  const content = noise(8 << 20);

  it('keeps nearly all chunks when something is inserted', () => {
    const before = new Set(chunksOf(content));
    const after = chunksOf(
      Buffer.concat([content.subarray(0, 3_000_000), Buffer.from('new'), content.subarray(3_000_000)]),
    );
    assert.ok(before.size >= 8, `${before.size} chunks`);
    assert.ok(after.filter((chunk) => !before.has(chunk)).length <= 2);
  });

  it('cuts elsewhere under another key', () => {
    const open = new Set(chunksOf(content));
    const keyed = chunksOf(content, Buffer.alloc(32, 7));
    assert.ok(keyed.filter((chunk) => open.has(chunk)).length <= 1);
  });
});
