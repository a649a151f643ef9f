import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { readByTheBook } from '../testing/independent-reader.ts';
import { createTestFolder, createTestVault, writeTree } from '../testing/vault-fixture.ts';

describe('the documented format', () => {
  for (const passphrase of [undefined, 'か゛く']) {
    it(`lets a reader without Kura restore files, ${passphrase === undefined ? 'open' : 'encrypted'}`, async () => {
      await using folder = await createTestFolder();
      const big = randomBytes(5_000_000);
      const text = 'compressible '.repeat(200_000);
      await writeTree(folder.at('source'), { '大/モデル.safetensors': big, 'notes.md': text, empty: '' });
      await using vault = await createTestVault({ folder: folder.at('repo'), passphrase, chunkBytes: 2_200_000 });
      await vault.backup({ source: folder.at('source') });

      assert.ok(readByTheBook(folder.at('repo'), passphrase, '大/モデル.safetensors').equals(big));
      assert.equal(readByTheBook(folder.at('repo'), passphrase, 'notes.md').toString(), text);
      assert.equal(readByTheBook(folder.at('repo'), passphrase, 'empty').length, 0);
    });
  }

  it('is described in both languages with every constant a reader needs', async () => {
    const constants = [
      'KVLT',
      'KVPK',
      'kura-vault/1/slot',
      'kura-vault/1/',
      'content',
      'commitment',
      'kura-vault\\0',
      '1048576',
    ];
    for (const language of ['en', 'ja']) {
      const document = await readFile(new URL(`../../../../docs/${language}/vault-format.md`, import.meta.url), 'utf8');
      for (const constant of constants) assert.ok(document.includes(constant), `${language}: ${constant} is missing`);
    }
  });
});
