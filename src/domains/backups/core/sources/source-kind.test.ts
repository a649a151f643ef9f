import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { isKuraError } from '#kernel/errors';

import { sourceOf } from './source-kind.ts';

describe('sourceOf', () => {
  it('refuses an address of a database that is none, without repeating its password', () => {
    const wrong = ['postgres:', 'postgres://', 'postgres://h', 'postgres://h/', 'postgres://h/a/b', 'postgres://h/%ff'];
    for (const text of [...wrong, 'postgres://u:geheim@h/%', 'postgres://u:geheim@h:x/shop']) {
      assert.throws(
        () => sourceOf(text, []),
        (error) =>
          isKuraError(error) &&
          error.code === 'backups.source-address' &&
          !JSON.stringify(error.params).includes('geheim'),
        text,
      );
    }
    assert.throws(() => sourceOf('postgres://u:geheim@h/shop', []), { code: 'backups.source-password' });
    const { kind, ...rest } = sourceOf('postgres://u@h/%E8%94%B5', []);
    assert.deepEqual([kind, 'name' in rest && rest.name], ['postgres', '蔵.pgdump']);
  });
});
