import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';

import { sha256 } from '#kernel/brands';

import { blobId } from '../format/blob.ts';
import { keyOfContent } from './verify-content.ts';

function contentOf(...pieces: readonly string[]) {
  const chunks = pieces.map((piece) => ({
    id: blobId(createHash('sha256').update(piece).digest('hex')),
    storedBytes: piece.length,
  }));
  const whole = pieces.join('');
  return { size: whole.length, sha256: sha256(createHash('sha256').update(whole).digest('hex')), chunks };
}

describe('verification of a content', () => {
  it('does not take the chunks of one way of cutting it for those of another', () => {
    const keys = [contentOf('abcd'), contentOf('ab', 'cd'), contentOf('a', 'bcd'), contentOf('a', 'b', 'cd')];
    assert.equal(new Set(keys.map(keyOfContent)).size, keys.length);
    assert.equal(keyOfContent(contentOf('ab', 'cd')), keyOfContent(contentOf('ab', 'cd')));
  });
});
