import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';

import { blobId } from '../format/blob.ts';
import { BlobTable } from './blob-table.ts';

function idOf(number: number) {
  return blobId(createHash('sha256').update(String(number)).digest('hex'));
}

describe('the table of blobs', () => {
  it('knows each of many blobs by its id and by its number, whatever it grew to', () => {
    const table = new BlobTable();
    for (let number = 0; number < 5000; number += 1) {
      const key = `packs/00/${Math.floor(number / 100)}`;
      assert.equal(table.put(idOf(number), { key, offset: number * 10, length: number + 16 }), number);
    }
    for (let number = 0; number < 5000; number += 1) {
      const place = { key: `packs/00/${Math.floor(number / 100)}`, offset: number * 10, length: number + 16 };
      assert.deepEqual(table.placeOf(idOf(number)), place);
      assert.equal(table.numberOf(idOf(number)), number);
      assert.equal(table.idOf(number), idOf(number));
    }
    assert.equal(table.placeOf(idOf(5000)), undefined);
    assert.equal([...table.ids()].length, 5000);
  });

  it('gives a blob that moved its new place under its old number', () => {
    const table = new BlobTable();
    table.put(idOf(1), { key: 'a', offset: 0, length: 20 });
    table.put(idOf(2), { key: 'b', offset: 0, length: 20 });
    assert.equal(table.put(idOf(1), { key: 'c', offset: 5, length: 30 }), 0);
    assert.deepEqual(table.placeOf(idOf(1)), { key: 'c', offset: 5, length: 30 });
    assert.equal(table.count, 2);
  });

  it('tells what waits to be written from what is there, and forgets on demand', () => {
    const table = new BlobTable();
    table.put(idOf(1), { offset: 0, length: 20 });
    assert.deepEqual([table.lengthOf(idOf(1)), table.placeOf(idOf(1))], [20, undefined]);
    table.put(idOf(1), { key: 'a', offset: 3, length: 20 });
    table.forget(idOf(1));
    assert.deepEqual([table.lengthOf(idOf(1)), table.placeOf(idOf(1)), [...table.ids()]], [undefined, undefined, []]);
  });
});
