import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import {
  appendFile,
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { describe, it } from 'node:test';

import { sha256 } from '#kernel/brands';
import type { KuraError } from '#kernel/errors';

import {
  collected,
  createTestFolder,
  createTestVault,
  describeTree,
  reopen,
  writeTree,
} from './testing/vault-fixture.ts';

const passphrase = 'か゛き 正しい馬 battery';

function code(expected: string) {
  return (error: KuraError) => {
    assert.equal(error.code, expected);
    return true;
  };
}

for (const secret of [undefined, passphrase]) {
  describe(`vault, ${secret === undefined ? 'no encryption' : 'encrypted'}`, () => {
    it('gives a tree back exactly: names, contents, links, modes and times', async () => {
      await using folder = await createTestFolder();
      const source = folder.at('source');
      await writeTree(source, {
        'モデル/がぎぐ.safetensors': { content: randomBytes(200_000), mode: 0o640, mtime: 1_700_000_000.123456 },
        [`モデル/${'が'.normalize('NFD')}.txt`]: 'NFD',
        [`モデル/${'が'.normalize('NFC')}.txt`]: 'NFC',
        'exact-chunk': Buffer.alloc(64 * 1024, 7),
        'two-chunks-and-one': randomBytes(2 * 64 * 1024 + 1),
        empty: '',
        'a-b': 'sorts between a and a/b by bytes',
        'a/b': { content: 'in a folder', mode: 0o755 },
        'void/deep/er': { folder: true, mode: 0o700, mtime: 1_600_000_000 },
        link: { symlink: 'a/b', mtime: 1_500_000_000 },
        dangling: { symlink: '/nowhere/at all' },
        'twin-1': { content: 'one inode' },
        'twin-2': { hardlink: 'twin-1' },
      });
      const noText = Buffer.concat([Buffer.from(`${source}/`), Buffer.from([0x66, 0xff, 0xfe])]);
      await writeFile(noText, 'no UTF-8 name');
      await utimes(noText, 1_650_000_000, 1_650_000_000);
      await using vault = await createTestVault({ folder: folder.at('repo'), passphrase: secret });

      const result = await vault.backup({ source, tags: ['first'] });
      assert.equal(result.result, 'complete');
      assert.equal(result.files, 10);
      const restored = await vault.restore({ snapshot: 'latest', target: folder.at('restored'), verify: true });

      assert.deepEqual(restored.problems, []);
      assert.equal(restored.files, 10);
      assert.deepEqual(await describeTree(folder.at('restored')), await describeTree(source));
      assert.deepEqual((await vault.verify({ readData: true })).errors, []);
    });

    it('reads nothing and stores nothing when nothing has changed', async () => {
      await using folder = await createTestFolder();
      await writeTree(folder.at('source'), { 'a/one': randomBytes(100_000), two: 'small', ü: 'x' });
      await using vault = await createTestVault({ folder: folder.at('repo'), passphrase: secret });
      const first = await vault.backup({ source: folder.at('source') });
      const second = await vault.backup({ source: folder.at('source') });

      assert.equal(first.readBytes, 100_006);
      assert.deepEqual(
        { read: second.readBytes, objects: second.newObjects, bytes: second.newBytes, reused: second.reusedFiles },
        { read: 0, objects: 0, bytes: 0, reused: 3 },
      );
      assert.equal(second.snapshot.parent, first.snapshot.id);
    });

    it('reads only what changed, and keeps the older state', async () => {
      await using folder = await createTestFolder();
      const source = folder.at('source');
      await writeTree(source, { kept: randomBytes(70_000), edited: 'before' });
      await using vault = await createTestVault({ folder: folder.at('repo'), passphrase: secret });
      const first = await vault.backup({ source });
      await writeFile(folder.at('source', 'edited'), 'after!');
      const second = await vault.backup({ source });

      assert.equal(second.readBytes, 6);
      assert.equal(await textOf(vault.readFile(first.snapshot.id.slice(0, 12), 'edited')), 'before');
      assert.equal(await textOf(vault.readFile('latest', 'edited')), 'after!');
    });

    it('stores equal contents once', async () => {
      await using folder = await createTestFolder();
      const content = randomBytes(1_500_000);
      await writeTree(folder.at('source'), { one: content, 'sub/two': content, three: content });
      await using vault = await createTestVault({ folder: folder.at('repo'), passphrase: secret, chunkBytes: 2 << 20 });
      const { newBytes } = await vault.backup({ source: folder.at('source') });
      assert.ok(newBytes < 1_510_000, `${newBytes} bytes stored`);
    });
  });
}

describe('vault backup', () => {
  it('refuses a source that is not there, and makes no snapshot', async () => {
    await using folder = await createTestFolder();
    await using vault = await createTestVault({ folder: folder.at('repo') });
    await assert.rejects(vault.backup({ source: folder.at('gone') }), code('vault.source-missing'));
    assert.equal((await vault.snapshots()).snapshots.length, 0);
  });

  it('leaves out what is excluded, and the repository itself', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), {
      'keep.txt': '1',
      'x.tmp': '1',
      'deep/y.tmp': '1',
      '.cache/z': '1',
      'deep/.cache/z': '1',
      'only/here/a': '1',
      'deep/only/here/a': '1',
    });
    await using vault = await createTestVault({ folder: folder.at('source', 'repo') });
    await vault.backup({ source: folder.at('source'), exclude: ['*.tmp', '.cache/', 'only/**'] });
    assert.deepEqual(await pathsOf(vault.entries('latest')), [
      'deep',
      'deep/only',
      'deep/only/here',
      'deep/only/here/a',
      'keep.txt',
      'only',
    ]);
  });

  it('notices a file that changes while it is read, keeps it marked, and says so', async () => {
    await using folder = await createTestFolder();
    const path = folder.at('source', 'log');
    await writeTree(folder.at('source'), { log: randomBytes(300_000), quiet: 'x' });
    await using vault = await createTestVault({ folder: folder.at('repo') });
    const appending: Promise<void>[] = [];
    const result = await vault.backup({
      source: folder.at('source'),
      onProgress: () => void appending.push(appendFile(path, 'one more line\n')),
    });
    await Promise.all(appending);
    assert.equal(result.result, 'partial');
    assert.deepEqual(
      result.problems.map((problem) => [problem.path, problem.code]),
      [['log', 'vault.file-changed']],
    );
    const restored = await vault.restore({ snapshot: 'latest', target: folder.at('restored') });
    assert.deepEqual(restored.torn, ['log']);
    assert.deepEqual((await vault.verify({ readData: true })).errors, []);
  });

  it('stores again what the repository lost, when the source still has it', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { big: randomBytes(3 << 20), other: randomBytes(3 << 20) });
    await using vault = await createTestVault({ folder: folder.at('repo'), chunkBytes: 2 << 20 });
    await vault.backup({ source: folder.at('source') });
    const objects = (await readdir(folder.at('repo', 'objects'), { recursive: true })).filter(
      (name) => name.length > 60,
    );
    await rm(folder.at('repo', 'objects', String(objects[0])));
    await truncate(folder.at('repo', 'objects', String(objects[1])), 1_300_000);
    assert.equal((await vault.verify()).errors.length, 2);

    const healed = await vault.backup({ source: folder.at('source') });
    assert.equal(healed.newObjects, 2);
    assert.deepEqual((await vault.verify({ readData: true })).errors, []);
    assert.equal((await vault.restore({ snapshot: 'latest', target: folder.at('restored') })).result, 'complete');
  });

  it('stops between chunks when it is aborted, leaves no snapshot and no lock', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { big: randomBytes(1 << 20) });
    await using vault = await createTestVault({ folder: folder.at('repo') });
    const abort = new AbortController();
    const running = vault.backup({
      source: folder.at('source'),
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await assert.rejects(running, { name: 'AbortError' });
    assert.deepEqual((await vault.snapshots()).snapshots, []);
    assert.deepEqual(await readdir(folder.at('repo', 'locks')), []);
  });

  it('admits one writer at a time', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { big: randomBytes(1 << 20) });
    await using vault = await createTestVault({ folder: folder.at('repo') });
    await using other = await reopen({ folder: folder.at('repo') });
    let second: Promise<unknown> | undefined;
    await vault.backup({
      source: folder.at('source'),
      onProgress() {
        second ??= assert.rejects(other.backup({ source: folder.at('source') }), code('vault.locked'));
      },
    });
    await second;
  });
});

describe('vault restore', () => {
  it('refuses to touch existing files unless told what to do with them', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { a: 'new', b: 'new' });
    await using vault = await createTestVault({ folder: folder.at('repo') });
    await vault.backup({ source: folder.at('source') });
    const target = folder.at('target');
    await writeTree(target, { b: 'old' });

    await assert.rejects(vault.restore({ snapshot: 'latest', target }), code('vault.target-exists'));
    assert.deepEqual(await readdir(target), ['b']);
    assert.equal((await vault.restore({ snapshot: 'latest', target, conflict: 'skip' })).skipped, 1);
    assert.equal(await readFile(folder.at('target', 'b'), 'utf8'), 'old');
    await vault.restore({ snapshot: 'latest', target, conflict: 'overwrite' });
    assert.equal(await readFile(folder.at('target', 'b'), 'utf8'), 'new');
  });

  it('never writes through a link that lies in the target', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { 'sub/file': 'x', top: 'y' });
    await using vault = await createTestVault({ folder: folder.at('repo') });
    await vault.backup({ source: folder.at('source') });
    await mkdir(folder.at('elsewhere'), { mode: 0o711 });
    await mkdir(folder.at('target'));
    await symlink(folder.at('elsewhere'), folder.at('target', 'sub'));
    const before = (await stat(folder.at('elsewhere'))).mode;

    const result = await vault.restore({ snapshot: 'latest', target: folder.at('target'), conflict: 'overwrite' });
    assert.equal(result.result, 'partial');
    assert.deepEqual(
      result.problems.map((problem) => problem.error.code),
      ['vault.path-through-link', 'vault.path-through-link'],
    );
    assert.deepEqual(await readdir(folder.at('elsewhere')), []);
    assert.equal((await stat(folder.at('elsewhere'))).mode, before);
    assert.equal(await readFile(folder.at('target', 'top'), 'utf8'), 'y');
  });

  it('restores only what was asked for, folders with their contents', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { 'a/b/c': '1', 'a/d': '2', e: '3' });
    await using vault = await createTestVault({ folder: folder.at('repo') });
    await vault.backup({ source: folder.at('source') });
    await vault.restore({ snapshot: 'latest', target: folder.at('target'), include: ['a/b'] });
    assert.deepEqual((await readdir(folder.at('target'), { recursive: true })).sort(), ['a', 'a/b', 'a/b/c']);
    const nothing = vault.restore({ snapshot: 'latest', target: folder.at('t2'), include: ['zzz'] });
    await assert.rejects(nothing, code('vault.nothing-matches'));
  });

  it('brings holes back as holes', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { sparse: '' });
    await truncate(folder.at('source', 'sparse'), 8 << 20);
    await appendFile(folder.at('source', 'sparse'), 'end');
    await using vault = await createTestVault({ folder: folder.at('repo') });
    const { newBytes } = await vault.backup({ source: folder.at('source') });
    await vault.restore({ snapshot: 'latest', target: folder.at('target') });
    const facts = await stat(folder.at('target', 'sparse'));
    assert.equal(facts.size, (8 << 20) + 3);
    assert.ok(facts.blocks * 512 < 1 << 20, `${facts.blocks * 512} bytes allocated`);
    assert.ok(newBytes < 10_000);
  });

  it('restores the sound files, names the damaged one and leaves nothing half-written', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { bad: randomBytes(2 << 20), good: 'fine' });
    await using vault = await createTestVault({ folder: folder.at('repo'), passphrase, chunkBytes: 4 << 20 });
    await vault.backup({ source: folder.at('source') });
    await flipByteOfFirstObject(folder.at('repo', 'objects'), 1_000_000);

    const result = await vault.restore({ snapshot: 'latest', target: folder.at('target') });
    assert.deepEqual(
      result.problems.map(({ path, error }) => [path, error.code]),
      [['bad', 'vault.object-damaged']],
    );
    assert.deepEqual(await readdir(folder.at('target')), ['good']);
  });

  it('repairs a broken file from the snapshot that holds its content', async () => {
    await using folder = await createTestFolder();
    const content = randomBytes(500_000);
    await writeTree(folder.at('source'), { 'm/model.bin': content, 'm/same.bin': { hardlink: 'm/model.bin' } });
    await using vault = await createTestVault({ folder: folder.at('repo'), passphrase });
    await vault.backup({ source: folder.at('source') });
    const path = folder.at('source', 'm', 'same.bin');
    await writeFile(path, 'garbage');
    const digest = createHash('sha256').update(content).digest('hex');

    const [found] = await collected(vault.findFiles({ sha256: sha256(digest) }));
    assert.equal(found?.entry.path.toString(), 'm/model.bin');
    await vault.restoreFile({ snapshot: found?.snapshot.id ?? '', path: 'm/same.bin', target: path });
    assert.deepEqual(await readFile(path), content);
    await assert.rejects(collected(vault.readFile('latest', 'm')), code('vault.file-not-found'));
  });

  it('keeps a set-up that only root may change: modes of folders come last', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { 'locked/file': 'x' });
    await chmod(folder.at('source', 'locked'), 0o500);
    await using vault = await createTestVault({ folder: folder.at('repo') });
    await vault.backup({ source: folder.at('source') });
    const result = await vault.restore({ snapshot: 'latest', target: folder.at('target') });
    assert.equal(result.result, 'complete');
    assert.equal((await lstat(folder.at('target', 'locked'))).mode & 0o777, 0o500);
  });
});

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await collected(stream)).toString();
}

async function pathsOf(entries: AsyncIterable<{ path: Buffer }>): Promise<string[]> {
  return (await collected(entries)).map((entry) => entry.path.toString());
}

async function flipByteOfFirstObject(objects: string, at: number): Promise<void> {
  const name = (await readdir(objects, { recursive: true })).find((path) => path.length > 60);
  const path = `${objects}/${name}`;
  const bytes = await readFile(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
}
