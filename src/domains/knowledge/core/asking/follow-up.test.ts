import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { refersBack } from './follow-up.ts';

describe('a question', () => {
  it('follows another when its words point back or hardly say anything', () => {
    for (const question of ['その手順は？', 'how long does it take after a reset?', 'なぜ？', 'And on a tablet?'])
      assert.equal(refersBack(question), true, question);
  });

  it('stands alone when it names what it is about, the IT department as well', () => {
    for (const question of [
      'IT service desk phone number',
      'IT 部門の電話番号は何番ですか',
      'プリンターの更新方法は？',
    ])
      assert.equal(refersBack(question), false, question);
  });
});
