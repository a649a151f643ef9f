import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { BadAnswer } from './answer-head.ts';
import { ChunkedDecoder } from './chunked-decoder.ts';

function encode(pieces: readonly Uint8Array[]): Buffer {
  const chunks = pieces.map((piece) =>
    Buffer.concat([Buffer.from(`${piece.length.toString(16)};x=1\r\n`), piece, Buffer.from('\r\n')]),
  );
  return Buffer.concat([...chunks, Buffer.from('0\r\nX-Trailer: y\r\n\r\n')]);
}

describe('ChunkedDecoder', () => {
  it('gives back the body however it was cut into chunks and reads', () => {
    const piece = fc.uint8Array({ minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.array(fc.nat(40), { maxLength: 30 }), (pieces, cuts) => {
        const encoded = encode(pieces);
        const decoder = new ChunkedDecoder();
        const out: Uint8Array[] = [];
        let at = 0;
        for (const cut of [...cuts, encoded.length]) {
          const read = encoded.subarray(at, at + cut);
          at += read.length;
          assert.equal(decoder.isDone && read.length > 0, false);
          out.push(...decoder.decode(read).map((bytes) => Buffer.from(bytes)));
        }
        assert.ok(decoder.isDone);
        assert.deepEqual(Buffer.concat(out), Buffer.concat(pieces));
      }),
    );
  });

  it('refuses what is not chunked encoding', () => {
    for (const text of [
      '5\nhello\r\n',
      'g\r\n',
      '\r\n',
      '-1\r\n',
      '5\r\nhello!\r\n',
      'f'.repeat(14),
      '0\r\n\r\nmore',
    ]) {
      assert.throws(
        () => {
          new ChunkedDecoder().decode(Buffer.from(`${text}\r\n`));
        },
        BadAnswer,
        text,
      );
    }
    assert.throws(() => new ChunkedDecoder().decode(Buffer.alloc(5000, 'a')), BadAnswer);
  });
});
