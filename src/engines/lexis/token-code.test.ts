import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { analyse } from './analyse.ts';
import { decodeToken, encodeTerm } from './token-code.ts';

describe('the token code', () => {
  it('leaves the usual letters readable', () => {
    for (const term of ['vpn', '障害', 'サバ', '80070005']) assert.equal(encodeTerm(term), term);
    assert.equal(encodeTerm('c:\\x'), 'cヿ0003aヿ0005cx');
  });

  it('guards what PostgreSQL would read as a number with an exponent', () => {
    assert.equal(encodeTerm('1e5abc'), 'ヿ00031e5abc');
    assert.equal(encodeTerm('5ab'), '5ab');
  });

  it('gives back every term, so no two terms share a token', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9e.:a-c]+$/));
    fc.assert(
      fc.property(text, (source) => {
        for (const term of analyse(source)) assert.equal(decodeToken(encodeTerm(term.text)), term.text);
      }),
    );
  });

  it('codes a prefix of a Japanese term as a prefix of its code', () => {
    fc.assert(
      fc.property(fc.constantFrom('障害', '𠮷野', 'サバ', '㐂寿'), (term) => {
        const first = String.fromCodePoint(term.codePointAt(0) ?? 0);
        assert.ok(encodeTerm(term).startsWith(encodeTerm(first)));
      }),
    );
  });
});
