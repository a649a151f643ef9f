/** docs/vault-reader.py, written from docs/en/vault-format.md, gives back what the engine keeps. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';

import { createLocalDiskStorage, rotateVaultKey } from '#engines/vault';
import { unlessInstalled } from '#stand-ins/child-server';

import {
  createTestFolder,
  createTestVault,
  describeTree,
  reopen,
  writeTree,
} from '../../src/engines/vault/testing/vault-fixture.ts';

const python = '/usr/bin/python3';
const reader = path.join(import.meta.dirname, '../../docs/vault-reader.py');
const usable = spawnSync(python, ['-c', 'import cryptography, zstandard']).status === 0;
const passphrase = 'が゛ correct horse';

describe('a repository read without Kura', {
  skip: unlessInstalled('Python with cryptography and zstandard', usable ? python : undefined),
}, () => {
  for (const secret of [undefined, passphrase]) {
    it(`comes back as it was, ${secret === undefined ? 'not encrypted' : 'encrypted, also after a rotation'}`, async () => {
      await using folder = await createTestFolder();
      const [source, repo] = [folder.at('source'), folder.at('repo')];
      await writeSource(source);
      const options = { folder: repo, passphrase: secret, chunkBytes: 2 << 20 };
      await using first = await createTestVault(options);
      await first.backup({ source });
      if (secret !== undefined)
        await rotateVaultKey({ storage: createLocalDiskStorage(options), passphrase: secret, scryptCost: 2 });
      await writeFile(`${source}/later`, 'x');
      await using vault = await reopen(options);
      await vault.backup({ source });

      await writeFile(folder.at('key'), `${passphrase}\n`);
      const read = readerOf(repo, secret === undefined ? undefined : folder.at('key'));
      assert.equal(read('snapshots').trim().split('\n').length, 2);
      read('restore', 'latest', folder.at('restored'));
      assert.deepEqual(await describeTree(folder.at('restored')), await describeTree(source));
      assert.match(read('list', 'latest'), /^hardlink - twin$/m);

      await flipMiddleOfLargestFile(folder.at('repo', 'objects'));
      assert.throws(() => read('restore', 'latest', folder.at('again')), /vault-reader: .*(?:CRC-32|damaged)/);
    });
  }

  it('is the work of 300 lines', () => {
    assert.ok(readFileSync(reader, 'utf8').trimEnd().split('\n').length <= 300);
  });
});

function readerOf(repository: string, passphraseFile: string | undefined) {
  const env = passphraseFile === undefined ? {} : { KURA_VAULT_PASSPHRASE_FILE: passphraseFile };
  return (...words: string[]) =>
    execFileSync(python, [reader, repository, ...words], { env, encoding: 'utf8', stdio: 'pipe' });
}

/** Every way of storing: whole, compressed, as numbers of two and of four bytes, in several chunks, with holes. */
async function writeSource(source: string): Promise<void> {
  const numbers = Float32Array.from({ length: 400_000 }, (_, index) => Math.sin(index * 1.7) / (1 + (index % 7)));
  const floats = Buffer.from(numbers.buffer);
  const halves = Buffer.alloc(floats.length / 2);
  for (let at = 0; at < halves.length; at += 2) floats.copy(halves, at, at * 2 + 2, at * 2 + 4);
  await writeTree(source, {
    'モデル/f32.safetensors': { content: floats, mode: 0o640, mtime: 1_700_000_000.123456 },
    'モデル/bf16.safetensors': halves,
    noise: randomBytes(5_000_001),
    text: 'compressible '.repeat(20_000),
    empty: '',
    'closed/file': 'x',
    closed: { folder: true, mode: 0o500 },
    link: { symlink: '../nowhere', mtime: 1_600_000_000 },
    twin: { hardlink: 'text' },
    sparse: 'begin',
  });
  await truncate(`${source}/sparse`, 6 << 20);
  await writeFile(Buffer.concat([Buffer.from(`${source}/`), Buffer.from([0xff, 0xfe])]), 'not UTF-8');
  execFileSync(python, ['-c', 'import os, sys; os.setxattr(sys.argv[1], "user.from", b"\\0\\xff")', `${source}/text`]);
}

async function flipMiddleOfLargestFile(folder: string): Promise<void> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.length > 60);
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(path.join(folder, name)) })),
  );
  const largest = files.toSorted((one, other) => other.bytes.length - one.bytes.length)[0];
  assert.ok(largest);
  const middle = largest.bytes.length >> 1;
  largest.bytes[middle] = (largest.bytes[middle] ?? 0) ^ 1;
  await writeFile(path.join(folder, largest.name), largest.bytes);
}
