import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { integrityFaults } from './sqlite-integrity.ts';

describe('integrityFaults', () => {
  it('finds nothing in a sound database', () => {
    assert.deepEqual(integrityFaults(['ok']), []);
  });

  it('names each fault of a long answer by itself, without the heading', () => {
    const answer =
      '*** in database main ***\nTree 40 page 6572: btreeInitPage() returns error code 11\nPage 3 never used';
    assert.deepEqual(integrityFaults([answer, 'row 7 missing from index words_by_word']), [
      'Tree 40 page 6572: btreeInitPage() returns error code 11',
      'Page 3 never used',
      'row 7 missing from index words_by_word',
    ]);
  });
});
