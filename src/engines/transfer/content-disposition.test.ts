import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { parseContentDisposition } from './content-disposition.ts';

describe('parseContentDisposition', () => {
  const cases: readonly (readonly [header: string, name: string | undefined])[] = [
    ['attachment; filename="a b.safetensors"', 'a b.safetensors'],
    ['attachment; filename=plain.pt', 'plain.pt'],
    ['Attachment;FileName="UPPER.pt"', 'UPPER.pt'],
    ['attachment; filename="say \\"hi\\".pt"', 'say "hi".pt'],
    ['attachment; filename="semi;colon.pt"; size=3', 'semi;colon.pt'],
    ["attachment; filename*=UTF-8''%E9%9C%8A%E5%A4%A2.pt", '霊夢.pt'],
    ['attachment; filename="fallback.pt"; filename*=UTF-8\'\'%e2%82%ac.pt', '€.pt'],
    ["attachment; filename*=UTF-8'ja'%E3%81%8B.pt; filename=x.pt", 'か.pt'],
    ["attachment; filename*=iso-8859-1''caf%E9.pt", 'café.pt'],
    ["attachment; filename*=UTF-8''%ff%fe; filename=safe.pt", 'safe.pt'],
    ['filename="no type.pt"', 'no type.pt'],
    ['attachment', undefined],
    ['inline; filename=""', undefined],
    ['', undefined],
  ];
  for (const [header, name] of cases) {
    it(`reads ${name ?? 'nothing'} from ${header || 'an empty header'}`, () => {
      assert.equal(parseContentDisposition(header), name);
    });
  }

  it('reads bare UTF-8, which arrives as Latin-1', () => {
    const header = Buffer.from('attachment; filename="霊夢.pt"').toString('latin1');
    assert.equal(parseContentDisposition(header), '霊夢.pt');
    assert.equal(parseContentDisposition('attachment; filename="caf\u00e9.pt"'), 'café.pt');
  });

  it('gets any name back that was encoded by the book', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const encoded = encodeURIComponent(name).replaceAll("'", '%27');
        assert.equal(parseContentDisposition(`attachment; filename*=UTF-8''${encoded}`), name);
      }),
    );
  });

  it('survives any header without hanging', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void parseContentDisposition(text)));
    const started = performance.now();
    parseContentDisposition(`attachment; filename="${'\\"'.repeat(200_000)}`);
    parseContentDisposition(';'.repeat(200_000) + ' '.repeat(200_000));
    assert.ok(performance.now() - started < 10_000);
  });
});
