import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { findPersonal } from './personal-data.ts';

describe('what tells of a person', () => {
  it('is named by line and kind, by check digits where there are some', () => {
    const text = [
      '担当は taro.yamada@kaisha.co.jp です',
      '電話 ０３－１２３４－５６７８ まで',
      'マイナンバー 1234 5678 9018',
      'カード 4111-1111-1111-1111',
    ].join('\n');
    assert.deepEqual(findPersonal(text), [
      { line: 1, kind: 'mail-address' },
      { line: 2, kind: 'phone-number' },
      { line: 3, kind: 'my-number' },
      { line: 4, kind: 'card-number' },
    ]);
  });

  it('is nothing that only looks like it', () => {
    const text = [
      'user@example.com と admin@host.test は例です',
      '2026-11-23 から 192.168.10.20-30',
      '注文 1234 5678 9012',
      'KB5034441 4111-1111-1111-1112 @ 10:00',
    ].join('\n');
    assert.deepEqual(findPersonal(text), []);
  });

  it('is looked for in time that grows with the text', () => {
    for (const piece of ['a@', '0-1', '1 ', 'a.b@c.'])
      assert.ok(Array.isArray(findPersonal(piece.repeat(100_000))), piece);
  });
});
