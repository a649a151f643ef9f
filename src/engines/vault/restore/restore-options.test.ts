import assert from 'node:assert/strict';
import { renameSync, symlinkSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import type { KuraError } from '#kernel/errors';

import {
  createTestFolder,
  createTestVault,
  describeTree,
  type TestFolder,
  writeTree,
} from '../testing/vault-fixture.ts';
import type { Vault } from '../vault.ts';

const tree = { 'd/a': 'A', 'd/b': 'B', 'd/sub/c': 'C', link: { symlink: 'd/a' }, top: 'T', twin: { hardlink: 'top' } };

interface Kept extends AsyncDisposable {
  readonly folder: TestFolder;
  readonly vault: Vault;
  readonly target: string;
  read(name: string): Promise<string>;
}

/** A repository that holds `tree`, and a folder to restore into. */
async function kept(content: Parameters<typeof writeTree>[1] = tree): Promise<Kept> {
  const folder = await createTestFolder();
  await writeTree(folder.at('source'), content);
  const vault = await createTestVault({ folder: folder.at('repo') });
  await vault.backup({ source: folder.at('source') });
  return {
    folder,
    vault,
    target: folder.at('target'),
    read: (name) => readFile(folder.at('target', name), 'utf8'),
    async [Symbol.asyncDispose]() {
      await vault[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('a restore over what is there', () => {
  it('writes only what is missing or different, also after it was interrupted', async () => {
    await using test = await kept();
    const { vault, target, folder } = test;
    const abort = new AbortController();
    const interrupted = vault.restore({
      snapshot: 'latest',
      target,
      signal: abort.signal,
      onProgress: ({ files }) => files === 1 && abort.abort(),
    });
    await assert.rejects(interrupted, { name: 'AbortError' });
    const second = await vault.restore({ snapshot: 'latest', target });
    assert.ok(second.unchanged > 0 && second.unchanged < 4, `${second.unchanged} were there`);
    assert.deepEqual([second.files, second.bytes], [4, 4 - second.unchanged]);
    const third = await vault.restore({ snapshot: 'latest', target });
    assert.deepEqual([third.files, third.unchanged, third.bytes, third.result], [4, 4, 0, 'complete']);
    assert.deepEqual(await describeTree(target), await describeTree(folder.at('source')));
  });

  it('refuses as a whole when anything different is in the way', async () => {
    await using test = await kept();
    await writeTree(test.target, { 'd/b': 'mine' });
    const refused = test.vault.restore({ snapshot: 'latest', target: test.target });
    await assert.rejects(refused, (error: KuraError) => error.code === 'vault.target-exists');
    assert.deepEqual((await readdir(test.target, { recursive: true })).sort(), ['d', 'd/b']);
  });

  it('replaces only what is older, if so told', async () => {
    await using test = await kept();
    const { vault, target } = test;
    await writeTree(target, {
      'd/a': { content: 'older', mtime: 1_000 },
      'd/b': { content: 'newer', mtime: 3_000_000_000 },
    });
    const { skipped } = await vault.restore({ snapshot: 'latest', target, conflict: 'newer' });
    assert.deepEqual([skipped, await test.read('d/a'), await test.read('d/b')], [1, 'A', 'newer']);
  });

  it('puts the restored file beside the other, if so told, under one name however often', async () => {
    await using test = await kept();
    const { vault, target } = test;
    await writeTree(target, { 'd/a': 'mine', top: 'also mine' });
    const first = await vault.restore({ snapshot: 'latest', target, conflict: 'rename' });
    const name = `.restored-${first.snapshot.id.slice(0, 8)}`;
    assert.deepEqual([first.renamed, first.result], [2, 'complete']);
    assert.deepEqual([await test.read('d/a'), await test.read(`d/a${name}`)], ['mine', 'A']);
    assert.deepEqual([await test.read('top'), await test.read('twin')], ['also mine', 'T']);
    const before = await describeTree(target);
    const second = await vault.restore({ snapshot: 'latest', target, conflict: 'rename' });
    assert.deepEqual([second.renamed, second.unchanged], [2, 4]);
    assert.deepEqual(await describeTree(target), before);
  });

  it('never gives a link the content of a file that had to stay', async () => {
    await using test = await kept();
    const { vault, target } = test;
    await writeTree(target, { top: 'stays' });
    await vault.restore({ snapshot: 'latest', target, conflict: 'skip' });
    assert.deepEqual([await test.read('top'), await test.read('twin')], ['stays', 'T']);
  });
});

describe('a restore of a part', () => {
  it('brings the content of a hard link whose first name was not asked for', async () => {
    await using test = await kept({ ...tree, third: { hardlink: 'top' } });
    await test.vault.restore({ snapshot: 'latest', target: test.target, include: ['t*'], exclude: ['top'] });
    assert.deepEqual((await readdir(test.target)).sort(), ['third', 'twin']);
    assert.equal(await test.read('twin'), 'T');
    const [twin, third] = [await lstat(`${test.target}/twin`), await lstat(`${test.target}/third`)];
    assert.equal(twin.ino, third.ino);
  });
});

describe('a dry run', () => {
  it('says what would be done, and touches nothing', async () => {
    await using test = await kept();
    const { vault, target } = test;
    await writeTree(target, { 'd/a': 'A', 'd/b': 'other', extra: 'x', 'd/old/file': 'y' });
    const before = await describeTree(target);
    const request = { snapshot: 'latest', target, conflict: 'overwrite', deleteExtra: true } as const;
    const dry = await vault.restore({ ...request, dryRun: true });
    assert.deepEqual(await describeTree(target), before);
    const { files, unchanged, deleted, deletedPaths, bytes } = await vault.restore(request);
    assert.deepEqual([dry.files, dry.unchanged, dry.deleted, dry.bytes], [files, unchanged, deleted, bytes]);
    assert.deepEqual(dry.deletedPaths, deletedPaths);
    assert.deepEqual(deletedPaths, ['d/old/file', 'extra', 'd/old']);
    assert.deepEqual(await describeTree(target), await describeTree(test.folder.at('source')));
  });

  it('into a folder that is not there does not make it', async () => {
    await using test = await kept();
    const { files } = await test.vault.restore({ snapshot: 'latest', target: test.target, dryRun: true });
    assert.equal(files, 4);
    await assert.rejects(lstat(test.target), { code: 'ENOENT' });
  });
});

describe('what the snapshot does not have', () => {
  it('stays when the backup had left it out', async () => {
    await using test = await kept();
    const { vault, folder } = test;
    const source = folder.at('source');
    await writeTree(source, {
      'd/x.tmp': 'excluded',
      large: 'larger than the limit',
      'cache/CACHEDIR.TAG': tag,
      'cache/x': '1',
    });
    const rules = { exclude: ['*.tmp'], excludeLargerThan: 9, excludeCaches: true };
    const { snapshot } = await vault.backup({ source, ...rules });
    await writeTree(source, { 'd/made-later': '1', 'gone/deep/y.tmp': 'excluded', 'gone/z': '1' });
    const { deletedPaths } = await vault.restore({ snapshot: snapshot.id, target: source, deleteExtra: true });
    assert.deepEqual(deletedPaths, ['d/made-later', 'gone/z']);
    assert.equal(await readFile(folder.at('source', 'gone', 'deep', 'y.tmp'), 'utf8'), 'excluded');
  });

  it('stays outside of the part that was restored', async () => {
    await using test = await kept();
    const { vault, target } = test;
    await writeTree(target, { 'd/extra': '1', extra: '1' });
    const request = { snapshot: 'latest', target, include: ['d'], deleteExtra: true };
    assert.deepEqual((await vault.restore(request)).deletedPaths, ['d/extra']);
    assert.deepEqual((await readdir(target)).sort(), ['d', 'extra']);
  });

  it('stays when something could not be restored, and behind links', async () => {
    await using test = await kept();
    const { vault, target, folder } = test;
    await writeTree(folder.at('elsewhere'), { precious: '1' });
    await mkdir(target);
    await symlink(folder.at('elsewhere'), `${target}/d`);
    await writeFile(`${target}/extra`, '');
    const request = { snapshot: 'latest', target, conflict: 'overwrite', deleteExtra: true } as const;
    const { result, deleted } = await vault.restore(request);
    assert.deepEqual([result, deleted], ['partial', 0]);
    await rm(`${target}/d`);
    await symlink(folder.at('elsewhere'), `${target}/more`);
    assert.deepEqual((await vault.restore(request)).deletedPaths, ['extra', 'more']);
    assert.deepEqual(await readdir(folder.at('elsewhere')), ['precious']);
  });
});

describe('a link that is put in place of a folder during the restore', () => {
  it('leads nowhere: what follows goes into the folder that was checked', async (test) => {
    if (process.platform !== 'linux') return test.skip('folders are held open on Linux only');
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`d/f${index}`, 'x']));
    await using kura = await kept(files);
    const { vault, target, folder } = kura;
    await mkdir(folder.at('elsewhere'));
    let swapped = false;
    const { result } = await vault.restore({
      snapshot: 'latest',
      target,
      onProgress({ files: done }) {
        if (swapped || done === 0) return;
        swapped = true;
        renameSync(`${target}/d`, `${target}/moved`);
        symlinkSync(folder.at('elsewhere'), `${target}/d`);
      },
    });
    assert.deepEqual(await readdir(folder.at('elsewhere')), []);
    assert.equal((await readdir(`${target}/moved`)).length, 30);
    assert.equal(result, 'complete');
  });
});

describe('a folder that an earlier run had closed', () => {
  it('is opened again for what is missing in it', async () => {
    await using test = await kept({ 'shut/a': 'A', 'shut/b': 'B', shut: { folder: true, mode: 0o500 } });
    const { vault, target } = test;
    await vault.restore({ snapshot: 'latest', target });
    await rm(`${target}/shut/a`).catch(() => undefined);
    await utimes(`${target}/shut`, 1, 1);
    assert.equal((await vault.restore({ snapshot: 'latest', target })).result, 'complete');
    assert.deepEqual(await describeTree(target), await describeTree(test.folder.at('source')));
  });
});

const tag = 'Signature: 8a477f597d28d172789f06886806bc55\n';
