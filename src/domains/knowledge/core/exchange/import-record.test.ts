import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { isSkipReason, readRecord } from './import-record.ts';

const record = { title: '題', type: 'incident', body: '本文' };

function faultOf(value: unknown): string {
  const read = readRecord(value);
  assert.ok(isSkipReason(read), 'it was taken');
  return String(read.params['detail'] ?? read.code);
}

describe('a record of an import', () => {
  it('names each faulty field once', () => {
    assert.match(faultOf({ ...record, title: '', tags: 'x', lang: 'Japanese' }), /^title: .*; tags: .*; lang: /);
  });

  it('takes null for absent, numbers for ids and tags, and ignores what it does not know', () => {
    const read = readRecord({ ...record, id: 7, tags: [2026], lang: null, status: null, colour: 'red' });
    assert.ok(!isSkipReason(read));
    assert.deepEqual([read.id, read.tags, read.lang, 'colour' in read], ['7', ['2026'], undefined, false]);
  });

  it('refuses text that a database would change or refuse', () => {
    for (const body of ['a\0b', 'half \ud83d']) assert.match(faultOf({ ...record, body }), /^body: /);
    assert.match(faultOf({ ...record, id: '\0' }), /^id: /);
    assert.match(faultOf({ ...record, tags: ['\udc00'] }), /^tags\.0: /);
  });

  it('is an object', () => {
    for (const value of [null, 1, 'x', [record]]) assert.equal(faultOf(value), 'knowledge.skip-no-object');
  });
});
