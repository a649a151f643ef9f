import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';

import { isKuraError, type KuraError } from '#kernel/errors';

import { initVault } from '../repository/init-vault.ts';
import { openVault } from '../repository/open-vault.ts';
import { createMemoryStorage, type MemoryStorage } from '../testing/memory-storage.ts';
import { createTestFolder, writeTree } from '../testing/vault-fixture.ts';
import type { Vault } from '../vault.ts';

const passphrase = 'four words and more';
const secretText = 'the treasure is buried under the old pine tree';

async function smallVault(source: string, withPassphrase: boolean): Promise<{ storage: MemoryStorage; vault: Vault }> {
  const storage = createMemoryStorage();
  const secret = withPassphrase ? { passphrase } : {};
  await initVault({
    storage,
    encryption: withPassphrase ? 'aes256' : 'none',
    scryptCost: 2,
    chunkBytes: 1 << 16,
    ...secret,
  });
  const vault = await openVault({ storage, ...secret });
  await vault.backup({ source, tags: ['t'] });
  return { storage, vault };
}

describe('a damaged repository', () => {
  for (const encrypted of [true, false]) {
    it(`${encrypted ? 'encrypted' : 'open'}: every flipped byte is found by verify --read-data`, async () => {
      await using folder = await createTestFolder();
      await writeTree(folder.at('source'), {
        'a.txt': secretText,
        'b/c.bin': randomBytes(300),
        link: { symlink: 'a.txt' },
      });
      const { storage, vault } = await smallVault(folder.at('source'), encrypted);
      await using _ = vault;
      assert.deepEqual((await vault.verify({ readData: true, keepLedger: false })).errors, []);

      let flipped = 0;
      for (const [key, value] of storage.values) {
        // Each byte where a tag guards it; every third where it is a checksum.
        for (let at = 0; at < value.byteLength; at += encrypted ? 1 : 3) {
          const damaged = Uint8Array.from(value);
          damaged[at] = (damaged[at] ?? 0) ^ (1 << (flipped % 8));
          storage.values.set(key, damaged);
          const { errors } = await vault.verify({ readData: true, keepLedger: false });
          assert.ok(errors.length > 0, `flipping byte ${at} of ${key} went unnoticed`);
          assert.ok(errors.every((error) => isKuraError(error.error)));
          flipped += 1;
        }
        storage.values.set(key, value);
      }
      assert.ok(flipped > (encrypted ? 1_500 : 400), `only ${flipped} bytes looked at`);
    });
  }

  it('names the files that depend on a damaged object, in every snapshot', async () => {
    await using folder = await createTestFolder();
    const content = randomBytes(1_500_000);
    await writeTree(folder.at('source'), { 'm/one': content, 'm/two': content, fine: 'x' });
    const storage = createMemoryStorage();
    await initVault({ storage, encryption: 'aes256', passphrase, scryptCost: 2, chunkBytes: 2 << 20 });
    await using vault = await openVault({ storage, passphrase });
    const first = await vault.backup({ source: folder.at('source') });
    const second = await vault.backup({ source: folder.at('source') });
    const key = [...storage.values.keys()].find((name) => name.startsWith('objects/'));
    storage.values.get(String(key))?.set([0], 1_000_000);
    storage.values.get(String(key))?.set([1], 1_000_001);

    assert.deepEqual((await vault.verify()).errors, [], 'structure alone does not read contents');
    const [error, ...others] = (await vault.verify({ readData: true })).errors;
    assert.deepEqual(others, []);
    assert.equal(error?.error.code, 'vault.object-damaged');
    assert.deepEqual(error?.files, ['m/one', 'm/two']);
    assert.deepEqual([...(error?.snapshots ?? [])].sort(), [first.snapshot.id, second.snapshot.id].sort());
  });

  it('is found without reading contents when objects are missing or cut short', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { one: randomBytes(1_500_000), two: randomBytes(1_500_000) });
    const storage = createMemoryStorage();
    await initVault({ storage, encryption: 'none', chunkBytes: 2 << 20 });
    await using vault = await openVault({ storage });
    await vault.backup({ source: folder.at('source') });
    const [missing, short] = [...storage.values.keys()].filter((name) => name.startsWith('objects/')).map(String);
    storage.values.delete(String(missing));
    storage.values.set(String(short), storage.values.get(String(short))?.slice(0, -1) ?? new Uint8Array());
    const codes = (await vault.verify()).errors.map((problem) => problem.error.code);
    assert.deepEqual(codes.sort(), ['vault.object-missing', 'vault.object-truncated']);
  });

  it('still opens when one of the two configs is lost, and says so', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { a: 'x' });
    const { storage } = await smallVault(folder.at('source'), true);
    storage.values.set('config', Buffer.from('{}'));
    await using vault = await openVault({ storage, passphrase });
    const { errors } = await vault.verify();
    assert.deepEqual(
      errors.map((error) => [error.object, error.error.code]),
      [['config', 'vault.config-damaged']],
    );
    storage.values.delete('config.copy');
    await assert.rejects(openVault({ storage, passphrase }), withCode('vault.config-damaged'));
  });

  it('lists foreign files and unused objects as notes, not as errors', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { a: 'x' });
    const { storage, vault } = await smallVault(folder.at('source'), true);
    await using _ = vault;
    await vault.forget({ snapshots: ['latest'] });
    storage.values.set('objects/ab/readme.txt', Buffer.from('?'));
    const result = await vault.verify({ readData: true });
    assert.deepEqual(result.errors, []);
    assert.deepEqual(
      result.notes.map((note) => note.code),
      ['vault.orphans', 'vault.unknown-file'],
    );
  });
});

describe('opening', () => {
  it('tells a wrong passphrase, a missing one and a superfluous one apart', async () => {
    const storage = createMemoryStorage();
    await initVault({ storage, encryption: 'aes256', passphrase, scryptCost: 2 });
    await assert.rejects(openVault({ storage, passphrase: 'guess' }), withCode('vault.passphrase-wrong'));
    await assert.rejects(openVault({ storage }), withCode('vault.passphrase-missing'));
    const open = createMemoryStorage();
    await initVault({ storage: open, encryption: 'none' });
    await assert.rejects(openVault({ storage: open, passphrase }), withCode('vault.passphrase-unused'));
    await assert.rejects(
      initVault({ storage: createMemoryStorage(), encryption: 'aes256' }),
      withCode('vault.passphrase-missing'),
    );
  });

  it('takes a passphrase in NFC and NFD for the same', async () => {
    const storage = createMemoryStorage();
    await initVault({ storage, encryption: 'aes256', passphrase: 'ガギグ'.normalize('NFD'), scryptCost: 2 });
    await using vault = await openVault({ storage, passphrase: 'ガギグ'.normalize('NFC') });
    assert.equal(vault.encrypted, true);
  });

  it('refuses another format version, a folder without repository and a second init', async () => {
    const storage = createMemoryStorage();
    await assert.rejects(openVault({ storage }), withCode('vault.not-a-vault'));
    await initVault({ storage, encryption: 'none' });
    await assert.rejects(initVault({ storage, encryption: 'none' }), withCode('vault.already-exists'));
    storage.values.set('config', withNewChecksum(storage.values.get('config'), '"version": 1', '"version": 2'));
    await assert.rejects(openVault({ storage }), withCode('vault.version-unsupported'));
    const used = createMemoryStorage();
    used.values.set('holiday.jpg', Buffer.alloc(1));
    await assert.rejects(initVault({ storage: used, encryption: 'none' }), withCode('vault.folder-not-empty'));
  });

  it('refuses a config that somebody edited without knowing the passphrase', async () => {
    const storage = createMemoryStorage();
    await initVault({ storage, encryption: 'aes256', passphrase, scryptCost: 2, chunkBytes: 1 << 20 });
    for (const key of ['config', 'config.copy']) {
      storage.values.set(
        key,
        withNewChecksum(storage.values.get(key), '"chunkBytes": 1048576', '"chunkBytes": 1048577'),
      );
    }
    await assert.rejects(openVault({ storage, passphrase }), withCode('vault.config-damaged'));
  });

  it('keeps every plaintext byte out of an encrypted repository', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { 'very-secret-name.txt': secretText });
    const { storage, vault } = await smallVault(folder.at('source'), true);
    await using _ = vault;
    const everything = Buffer.concat([...storage.values.values()]).toString('latin1');
    for (const secret of [secretText, 'very-secret-name', folder.path]) assert.ok(!everything.includes(secret));
  });
});

describe('a full repository disk', () => {
  it('ends the run with a clear error, keeps what was stored, and the next run goes on', async () => {
    await using folder = await createTestFolder();
    const files = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`f${index}`, randomBytes(1_200_000)]));
    await writeTree(folder.at('source'), files);
    const storage = createMemoryStorage();
    await initVault({ storage, encryption: 'aes256', passphrase, scryptCost: 2, chunkBytes: 2 << 20 });
    await using vault = await openVault({ storage, passphrase });
    let objects = 0;
    storage.beforeWrite = (key) => {
      if (key.startsWith('objects/')) objects += 1;
      if (objects > 3) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    };
    await assert.rejects(vault.backup({ source: folder.at('source') }), { code: 'ENOSPC' });
    assert.deepEqual((await vault.snapshots()).snapshots, []);
    storage.beforeWrite = () => undefined;
    const result = await vault.backup({ source: folder.at('source') });
    assert.equal(result.result, 'complete');
    assert.equal(result.newObjects, 6 - 3 + 1, 'three contents and the file list are new');
    assert.deepEqual((await vault.verify({ readData: true })).errors, []);
  });
});

function withNewChecksum(config: Uint8Array | undefined, from: string, to: string): Uint8Array {
  const { checksum: _, ...body } = JSON.parse(
    Buffer.from(config ?? [])
      .toString()
      .replace(from, to),
  ) as Record<string, unknown>;
  const text = JSON.stringify(body, null, 2).slice(0, -2);
  return Buffer.from(`${text},\n  "checksum": "${createHash('sha256').update(text).digest('hex')}"\n}\n`);
}

function withCode(code: string) {
  return (error: KuraError) => {
    assert.equal(error.code, code);
    return true;
  };
}
