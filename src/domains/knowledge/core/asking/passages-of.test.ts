import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { array, assert as check, constantFrom, oneof, property, string } from 'fast-check';

import { passagesOf, type TextPassage } from './passages-of.ts';

const text = string({ unit: 'grapheme', maxLength: 2000 });
const lines = array(oneof(string({ unit: 'grapheme' }), constantFrom('## 原因', '# a #', '```', '~~~', ''))).map(
  (all) => all.join('\n'),
);

/** Of what stands in no passage. */
function linesBetween(body: string, passages: readonly TextPassage[]): readonly string[] {
  const starts = [...passages.map(({ start }) => start), body.length];
  const ends = [0, ...passages.map(({ end }) => end)];
  return starts.flatMap((start, place) => body.slice(ends[place], start).split('\n'));
}

describe('passages of a text', () => {
  it('are its sections, with their headings, and never headings of code', () => {
    const body = '前置き。\n\n## 対応\n\n再起動した。\n\n```\n# comment\nreboot\n```\n\n## 原因\n\n不明。';
    assert.deepEqual(
      passagesOf(body).map(({ heading, text }) => [heading, text]),
      [
        [null, '前置き。'],
        ['対応', '再起動した。\n\n```\n# comment\nreboot\n```'],
        ['原因', '不明。'],
      ],
    );
  });

  it('end a block of code only where its own mark stands', () => {
    const body = '```\n~~~\n# comment\n```\n\n## 原因\n\n不明。';
    assert.deepEqual(
      passagesOf(body).map(({ heading, text }) => [heading, text]),
      [
        [null, '```\n~~~\n# comment\n```'],
        ['原因', '不明。'],
      ],
    );
  });

  it('of a long section end where a sentence does', () => {
    const passages = passagesOf('何も起きなかった日の記録をつける。'.repeat(120));
    assert.ok(passages.length > 1);
    for (const { text } of passages) assert.ok(text.length <= 700 && text.endsWith('。'), text.slice(-10));
  });

  it('stand word for word where they say they do, and hold every character of no heading that is not blank', () => {
    check(
      property(oneof(text, lines), (body) => {
        const passages = passagesOf(body);
        for (const { text, start, end } of passages) assert.equal(body.slice(start, end), text);
        for (const line of linesBetween(body, passages)) assert.match(line, /^(?:\s*|#{1,6}[ \t].*)$/u);
        assert.ok(passages.every(({ text }) => text.isWellFormed() || !body.isWellFormed()));
      }),
      { numRuns: 50 },
    );
  });
});
