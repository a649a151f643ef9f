import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { namesOf } from './comma-list.ts';
import { mirrorList } from './mirror-list.ts';

describe('the list of mirrors', () => {
  it('is addresses with a gap for what names a file', () => {
    const text = ' http://nas.lan:8000/{sha256} ,https://b.example/{name}?h={sha256}';
    assert.equal(mirrorList.safeParse(text).success, true);
    assert.deepEqual(namesOf(text), ['http://nas.lan:8000/{sha256}', 'https://b.example/{name}?h={sha256}']);
    assert.deepEqual(namesOf(mirrorList.parse(undefined)), []);
  });

  it('takes none that could not work, that a file’s name could lead elsewhere, or that carries a password', () => {
    for (const text of [
      'nas.lan/{sha256}',
      'ftp://nas.lan/{sha256}',
      'http://nas.lan/models',
      'http://{name}/models',
      'http://{sha256}.nas.lan/',
      'http://nas.lan:{name}/{sha256}',
      'http://name:word@nas.lan/{sha256}',
      'http://nas.lan/{sha256},http://b.lan/{hash}',
    ]) {
      assert.equal(mirrorList.safeParse(text).success, false, text);
    }
  });
});
