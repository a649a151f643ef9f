import assert from 'node:assert/strict';
import { basename, posix, win32 } from 'node:path';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { safeFileName } from './safe-file-name.ts';

const nasty = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      '..',
      '/',
      '\\',
      '%2f',
      '%5C',
      'CON',
      'nul',
      'Lpt1',
      '.',
      ' ',
      '\u0000',
      '\u202e',
      '\u3000',
      '\ud800',
    ),
    fc.constantFrom('モデル', 'か\u3099', '.safetensors', ':', '*', 'x'.repeat(300), '界'.repeat(120), '🦊'.repeat(70)),
  ),
  { maxLength: 8 },
);

describe('safeFileName', () => {
  it('makes one harmless component out of any text', () => {
    fc.assert(
      fc.property(nasty, (parts) => {
        const name = safeFileName(parts.join(''));
        assert.ok(name.length > 0);
        assert.ok(Buffer.byteLength(name) <= 255 - 32, `${Buffer.byteLength(name)} bytes`);
        assert.equal(name, name.normalize('NFC'));
        assert.equal(name, posix.basename(name));
        assert.equal(name, win32.basename(name));
        assert.doesNotMatch(name, /[<>:"|?*\\/\p{Cc}\u202a-\u202e]|%2f|%5c/iu);
        assert.doesNotMatch(name, /^[\s.]|[\s.]$/u);
        assert.doesNotMatch(name, /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
        assert.ok(name.isWellFormed());
        assert.equal(safeFileName(name), name, 'a safe name stays as it is');
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves room for everything that ever stands beside the file', () => {
    const beside = ['.civitai.info.0123456789ab.tmp', '.preview.jpeg.part.lock.4194304', '.preview.jpeg.part.json.tmp'];
    const own = ['.part.json.tmp', '.part.blocks.tmp', '.part.lock.4194304', '.part.bad', '.recovered'];
    for (const extension of ['.pt', '.safetensors', '.gguf', '']) {
      const name = safeFileName(`${'界'.repeat(200)}${extension}`);
      const stem = name.slice(0, name.length - extension.length);
      const names = [
        ...own.map((suffix) => name + suffix),
        ...(extension === '' ? [] : beside).map((one) => stem + one),
      ];
      for (const one of names)
        assert.ok(Buffer.byteLength(one) <= 255, `${Buffer.byteLength(one)} bytes: ${one.slice(-30)}`);
    }
  });

  it('keeps what people can read', () => {
    assert.equal(safeFileName('東方Project 霊夢 v2.safetensors'), '東方Project 霊夢 v2.safetensors');
    assert.equal(safeFileName("don't & won't.pt"), "don't & won't.pt");
    assert.equal(safeFileName('Ёлка.ckpt'), 'Ёлка.ckpt');
  });

  it('makes usable names of the worst that CivitAI really sends', () => {
    assert.equal(safeFileName('..pt'), 'download.pt');
    assert.equal(safeFileName('*.pt'), '_.pt');
    assert.equal(safeFileName('<stardeaf-greenmageddon>.bin'), '_stardeaf-greenmageddon_.bin');
    assert.equal(safeFileName(' negmutation-2400.pt'), 'negmutation-2400.pt');
    assert.equal(
      safeFileName('<delta:close portrait.delta.lora50:0.7>.safetensors'),
      '_delta_close portrait.delta.lora50_0.7_.safetensors',
    );
  });

  it('takes the last component of a path, and keeps its extension when it is shortened', () => {
    assert.equal(safeFileName('../../etc/passwd'), 'passwd');
    assert.equal(safeFileName('C:\\Windows\\evil.ckpt'), 'evil.ckpt');
    assert.equal(safeFileName('..%2f..%2fx.pt'), '_.._x.pt');
    assert.equal(basename(safeFileName(`${'あ'.repeat(200)}.safetensors`)).endsWith('あ.safetensors'), true);
  });

  it('keeps clear of device names whatever their case and extension', () => {
    assert.equal(safeFileName('CON'), '_CON');
    assert.equal(safeFileName('nul.safetensors'), '_nul.safetensors');
    assert.equal(safeFileName('com1.tar.gz'), '_com1.tar.gz');
    assert.equal(safeFileName('console.pt'), 'console.pt');
  });

  it('joins decomposed characters', () => {
    assert.equal(safeFileName('か\u3099.pt'), 'が.pt');
  });
});
