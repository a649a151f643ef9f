import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { escalationOf } from './escalation.ts';

const rules = { words: ['情報漏えい', '不正アクセス', 'サーバーダウン', 'leak', 'system down'], contact: '内線 1234' };

function words(question: string): readonly string[] {
  return escalationOf(question, rules)?.words ?? [];
}

describe('a question for a person', () => {
  it('is told by words in any width and case', () => {
    assert.deepEqual(words('情報漏えいかもしれません'), ['情報漏えい']);
    assert.deepEqual(words('ｻｰﾊﾞｰﾀﾞｳﾝしました、ＬＥＡＫ？'), ['サーバーダウン', 'leak']);
    assert.deepEqual(words('Is the System Down?'), ['system down']);
    assert.equal(escalationOf('leak', rules)?.contact, '内線 1234');
  });

  it('is not told by a part of another word, nor by an empty rule', () => {
    assert.deepEqual(words('a leaky bucket, bleak weather'), []);
    assert.deepEqual(words('bleak, then a leak'), ['leak']);
    assert.equal(escalationOf('何でも', { words: [''], contact: null }), null);
  });

  it('takes its time in proportion to the text, whatever is typed', () => {
    assert.deepEqual(words('aleak'.repeat(20_000)), []);
  });
});
