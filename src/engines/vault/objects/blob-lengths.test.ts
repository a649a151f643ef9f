import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { blobId } from '../format/blob.ts';
import { BlobLengths } from './blob-lengths.ts';
import { BlobTable } from './blob-table.ts';

describe('lengths of blobs', () => {
  it('are what was noted, also 0 and of blobs far down the table, and of nothing else', () => {
    const table = new BlobTable();
    const ids = Array.from({ length: 3000 }, (_, index) => blobId(index.toString(16).padStart(64, '0')));
    for (const id of ids) table.put(id, { key: 'a', offset: 0, length: 20 });
    const lengths = new BlobLengths(table);
    for (const [index, id] of ids.entries()) if (index % 2 === 0) lengths.note(id, index);
    for (const [index, id] of ids.entries()) assert.equal(lengths.of(id), index % 2 === 0 ? index : undefined);
    assert.equal(lengths.of(blobId('f'.repeat(64))), undefined);
  });
});
