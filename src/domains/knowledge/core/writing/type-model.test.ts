import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { entryTypes } from '../../contract/index.ts';
import { readTypeNotes } from '../../testing/type-notes.ts';
import { featuresOf } from './type-features.ts';
import { typeModel } from './type-model.ts';

function ordered(text: string): readonly string[] {
  const rates = typeModel().rate(featuresOf(text));
  return entryTypes
    .map((type, place) => ({ type, rate: rates[place] ?? 0 }))
    .toSorted((a, b) => b.rate - a.rate)
    .map(({ type }) => type);
}

describe('the type of a text, before anybody has saved one', () => {
  it('is right for nine of ten notes it never saw, and among the first two for nearly all', () => {
    const notes = readTypeNotes();
    const judged = notes.map(({ type, title, body }) => ordered(`${title}\n${body}`).indexOf(type));
    const first = judged.filter((place) => place === 0).length / notes.length;
    const two = judged.filter((place) => place < 2).length / notes.length;
    assert.ok(notes.length >= 120);
    assert.ok(first >= 0.9, `first: ${first}`);
    assert.ok(two >= 0.96, `first two: ${two}`);
  });

  it('does not depend on width, case or kana', () => {
    assert.deepEqual(ordered('ＶＰＮ ｻｰﾊﾞｰ の障害'), ordered('vpn サーバー の障害'));
  });
});
