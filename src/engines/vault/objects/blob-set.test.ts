import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';

import { blobId } from '../format/blob.ts';
import { BlobSet } from './blob-set.ts';
import { BlobTable } from './blob-table.ts';

describe('a set of blobs', () => {
  it('holds exactly what was added, known to the store or not', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) =>
      blobId(createHash('sha256').update(String(index)).digest('hex')),
    );
    const table = new BlobTable();
    for (const id of ids.slice(0, 19_000)) table.put(id, { key: 'a', offset: 0, length: 20 });
    const set = new BlobSet(table);
    for (const [index, id] of ids.entries()) if (index % 3 === 0) set.add(id);
    for (const [index, id] of ids.entries()) assert.equal(set.has(id), index % 3 === 0, `${index}`);
  });
});
