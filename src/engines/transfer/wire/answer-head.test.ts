import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { BadAnswer, parseHead } from './answer-head.ts';

function head(...lines: readonly string[]): string {
  return lines.join('\r\n');
}

const ok = 'HTTP/1.1 200 OK';
const token = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,20}$/);
const value = fc.stringMatching(/^(?:[!-~\u0080-\u00ff](?:[ -~\u0080-\u00ff]{0,40}[!-~\u0080-\u00ff])?)?$/);

describe('parseHead', () => {
  it('reads status, fields in any case and the length', () => {
    const parsed = parseHead(head('HTTP/1.1 206 Partial Content', 'Content-LENGTH:  42 ', 'ETag: "a, b"', 'X-Empty:'));
    assert.equal(parsed.status, 206);
    assert.deepEqual(parsed.framing, { kind: 'length', bytes: 42 });
    assert.deepEqual({ ...parsed.headers }, { 'content-length': '42', etag: '"a, b"', 'x-empty': '' });
    assert.equal(parsed.keepsAlive, true);
  });

  it('gives back every field that is well formed, of repeated ones the first', () => {
    const taken = new Set(['content-length', 'transfer-encoding', 'connection', '__proto__']);
    fc.assert(
      fc.property(fc.array(fc.tuple(token, value), { maxLength: 20 }), (fields) => {
        const own = fields.filter(([name]) => !taken.has(name.toLowerCase()) && !(name.toLowerCase() in {}));
        const { headers } = parseHead(head(ok, ...own.map(([name, text]) => `${name}: ${text}`)));
        for (const [name, text] of own.toReversed()) {
          const first = own.find((other) => other[0].toLowerCase() === name.toLowerCase());
          assert.equal(headers[name.toLowerCase()], first?.[1], text);
        }
      }),
    );
  });

  it('either reads a head or says that it is none, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (noise) => {
        try {
          parseHead(head(ok, noise));
        } catch (error) {
          assert.ok(error instanceof BadAnswer);
        }
      }),
    );
  });

  it('takes equal lengths for one and refuses different ones, signs and numbers beyond reason', () => {
    assert.deepEqual(parseHead(head(ok, 'Content-Length: 5', 'content-length: 5, 5')).framing, {
      kind: 'length',
      bytes: 5,
    });
    for (const length of ['5, 6', '+5', '-1', '0x10', '', '5 5', '99999999999999999']) {
      assert.throws(() => parseHead(head(ok, `Content-Length: ${length}`)), BadAnswer, length);
    }
    assert.throws(() => parseHead(head(ok, 'Content-Length: 5', 'Content-Length: 6')), BadAnswer);
  });

  it('refuses folded lines, control characters, blanks before the colon and anything that is no status line', () => {
    for (const line of ['A: b\r\n c', ' A: b', 'A : b', 'A: b\0', 'A: b\nC: d', 'no colon', ': b', 'A: b\r']) {
      assert.throws(() => parseHead(head(ok, line)), BadAnswer, JSON.stringify(line));
    }
    for (const line of ['HTTP/2 200 OK', 'HTTP/1.1 20 OK', 'HTTP/1.1 900 no', 'ICY 200 OK', '', ' HTTP/1.1 200 OK']) {
      assert.throws(() => parseHead(head(line)), BadAnswer, line);
    }
  });

  it('knows what ends a body', () => {
    assert.deepEqual(parseHead(head(ok, 'Transfer-Encoding: Chunked')).framing, { kind: 'chunked' });
    assert.deepEqual(parseHead(ok).framing, { kind: 'close' });
    assert.deepEqual(parseHead(head('HTTP/1.1 304 x', 'Content-Length: 9')).framing, { kind: 'length', bytes: 0 });
    for (const fields of [['Transfer-Encoding: gzip, chunked'], ['Transfer-Encoding: chunked', 'Content-Length: 3']]) {
      assert.throws(() => parseHead(head(ok, ...fields)), BadAnswer);
    }
  });

  it('keeps a connection only when both sides may', () => {
    const length = 'Content-Length: 1';
    assert.equal(parseHead(head(ok, length, 'Connection: foo, Close')).keepsAlive, false);
    assert.equal(parseHead(head('HTTP/1.0 200 OK', length)).keepsAlive, false);
    assert.equal(parseHead(head('HTTP/1.0 200 OK', length, 'Connection: keep-alive')).keepsAlive, true);
    assert.equal(parseHead(ok).keepsAlive, false, 'its end is the end of the body');
  });
});
