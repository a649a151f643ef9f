import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';

import { createFolderAnchor } from '../file-system/folder-anchor.ts';
import { openLibc } from '../file-system/libc.ts';
import { joinPath } from '../format/byte-path.ts';
import { collected, createTestFolder, createTestVault, describeTree, writeTree } from '../testing/vault-fixture.ts';
import { withoutCLibrary } from '../testing/without-c-library.ts';

/** user::rw- user:1000:r-- group::r-- mask::r-- other::r--, as the kernel keeps it. */
const acl = Buffer.from(
  '0200000001000600ffffffff02000400e803000004000400ffffffff10000400ffffffff20000400ffffffff',
  'hex',
);

describe('a backup keeps', () => {
  it('attributes, ACLs and times to the nanosecond, and a restore takes inherited ones away', {
    skip: withoutCLibrary,
  }, async () => {
    const libc = await openLibc();
    assert.ok(libc);
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { 'd/file': 'x', 'd/plain': 'y', 'd/link': { symlink: 'file' } });
    const file = Buffer.from(folder.at('source', 'd', 'file'));
    libc.writeAttribute(file, Buffer.from('user.from'), Buffer.from('https://example.org/モデル\0'));
    libc.writeAttribute(file, Buffer.from('system.posix_acl_access'), acl);
    libc.writeAttribute(Buffer.from(folder.at('source', 'd')), Buffer.from('user.folder'), Buffer.alloc(0));
    libc.setTimes(file, 1_700_000_000_123_456_789n);
    await using vault = await createTestVault({ folder: folder.at('repo') });
    await vault.backup({ source: folder.at('source') });
    // What is made in this folder inherits an ACL that the source does not have.
    await mkdir(folder.at('restored'));
    libc.writeAttribute(Buffer.from(folder.at('restored')), Buffer.from('system.posix_acl_default'), acl);
    const { problems, notes } = await vault.restore({ snapshot: 'latest', target: folder.at('restored') });
    assert.deepEqual([problems, notes], [[], []]);
    const restored = await describeTree(folder.at('restored'));
    assert.deepEqual(restored, await describeTree(folder.at('source')));
    assert.ok(restored.some((line) => line.includes(acl.toString('hex'))));
    const again = await vault.backup({ source: folder.at('source') });
    assert.deepEqual([again.newBytes, again.readBytes], [0, 0]);
    // Content and times stay as they are, only the attribute is new.
    libc.writeAttribute(Buffer.from(folder.at('source', 'd', 'plain')), Buffer.from('user.later'), Buffer.from('1'));
    await vault.backup({ source: folder.at('source') });
    await vault.restore({ snapshot: 'latest', target: folder.at('later') });
    assert.deepEqual(await describeTree(folder.at('later')), await describeTree(folder.at('source')));
  });

  it('trees that are deeper than a path may be long', async (test) => {
    if (process.platform !== 'linux') return test.skip('reached through /proc');
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { near: 'x' });
    const deep = Buffer.from(Array.from({ length: 45 }, (_, level) => `${level}`.padStart(80, 'を')).join('/'));
    {
      await using source = createFolderAnchor({ root: Buffer.from(folder.at('source')), create: true });
      await source.at(joinPath(deep, Buffer.from('file')), (path) => writeFile(path, 'at the bottom'));
    }
    try {
      await using vault = await createTestVault({ folder: folder.at('repo') });
      assert.equal((await vault.backup({ source: folder.at('source') })).result, 'complete');
      await vault.restore({ snapshot: 'latest', target: folder.at('restored'), verify: true });
      const again = await vault.backup({ source: folder.at('restored') });
      assert.deepEqual([again.result, again.snapshot.totals.directories, again.bytes], ['complete', 45, 14]);
      assert.equal((await vault.restore({ snapshot: 'latest', target: folder.at('restored') })).unchanged, 2);
    } finally {
      // Node's own rm cannot reach that deep.
      execFileSync('rm', ['-rf', folder.at('source'), folder.at('restored')]);
    }
  });

  it('no sockets and pipes, and says which', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { file: 'x' });
    execFileSync('mkfifo', [folder.at('source', 'pipe')]);
    const server = createServer().listen(folder.at('source', 'socket'));
    await once(server, 'listening');
    await using vault = await createTestVault({ folder: folder.at('repo') });
    const { snapshot, result } = await vault.backup({ source: folder.at('source') });
    server.close();
    assert.equal(result, 'complete');
    assert.equal(snapshot.totals.special, 2);
    const [read] = (await vault.snapshots()).snapshots;
    assert.deepEqual(
      read?.notes?.map(({ code, path }) => [code, path]),
      ['pipe', 'socket'].map((path) => ['vault.special-not-kept', path]),
    );
  });

  it('its rules in the snapshot', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { small: 'x', large: 'xx' });
    await using vault = await createTestVault({ folder: folder.at('repo') });
    await vault.backup({ source: folder.at('source'), excludeLargerThan: 1, excludeCaches: true, oneFileSystem: true });
    const { excludeLargerThan, excludeCaches, oneFileSystem } = await vault.snapshot('latest');
    assert.deepEqual([excludeLargerThan, excludeCaches, oneFileSystem], [1, true, true]);
    assert.equal((await collected(vault.entries('latest'))).length, 1);
  });

  it('the huge holes of small files', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { disk: 'begin' });
    const size = Number(process.env['KURA_TEST_SPARSE_BYTES'] ?? 128 << 20);
    await truncate(folder.at('source', 'disk'), size);
    await utimes(folder.at('source', 'disk'), 1, 1);
    await using vault = await createTestVault({ folder: folder.at('repo'), chunkBytes: 16 << 20 });
    const { newBytes, bytes } = await vault.backup({ source: folder.at('source') });
    assert.equal(bytes, size);
    assert.ok(newBytes < 20_000 + size / 10_000, `${newBytes} bytes stored`);
    await vault.restore({ snapshot: 'latest', target: folder.at('target') });
    const facts = await stat(folder.at('target', 'disk'));
    assert.equal(facts.size, size);
    assert.ok(facts.blocks * 512 <= 1 << 20, `${facts.blocks * 512} bytes allocated`);
  });
});

describe('a source that lost all its files', () => {
  it('makes snapshots that say so, instead of ones that look well', async () => {
    await using folder = await createTestFolder();
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`f${index}`, 'x']));
    await writeTree(folder.at('source'), files);
    await using vault = await createTestVault({ folder: folder.at('repo') });
    await vault.backup({ source: folder.at('source') });
    for (const name of Object.keys(files)) await rm(folder.at('source', name));
    const { result, problems } = await vault.backup({ source: folder.at('source') });
    assert.equal(result, 'partial');
    assert.deepEqual(problems, [{ path: '', code: 'vault.source-emptied', reason: '12' }]);
    const still = await vault.backup({ source: folder.at('source') });
    assert.deepEqual(still.problems, problems);
  });
});
