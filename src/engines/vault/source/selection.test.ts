import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { createFolderAnchor } from '../file-system/folder-anchor.ts';
import { createTestFolder, writeTree } from '../testing/vault-fixture.ts';
import { createSelection, parseExcludeFile, type SelectionRules } from './selection.ts';
import { walkTree } from './walk-tree.ts';

const cacheTag = 'Signature: 8a477f597d28d172789f06886806bc55\n# made by a test';

async function pathsUnder(root: string, rules: SelectionRules): Promise<readonly string[]> {
  const bytes = Buffer.from(root);
  await using anchor = createFolderAnchor({ root: bytes, create: false });
  const { signal } = new AbortController();
  const found: string[] = [];
  const walk = { root: bytes, selection: createSelection(rules), anchor, onUnreadable() {}, signal };
  for await (const { path } of walkTree(walk)) found.push(path.toString());
  return found;
}

describe('what is backed up', () => {
  it('of a tagged cache is the tag, unless the tag says something else or the cache is what was asked for', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('s'), {
      'cache/CACHEDIR.TAG': cacheTag,
      'cache/deep/x': '1',
      'cache/y': '1',
      'fake/CACHEDIR.TAG': 'not signed',
      'fake/z': '1',
    });
    const kept = ['cache', 'cache/CACHEDIR.TAG', 'fake', 'fake/CACHEDIR.TAG', 'fake/z'];
    assert.deepEqual(await pathsUnder(folder.at('s'), { excludeCaches: true }), kept);
    assert.deepEqual(await pathsUnder(folder.at('s', 'cache'), { excludeCaches: true }), [
      'CACHEDIR.TAG',
      'deep',
      'deep/x',
      'y',
    ]);
  });

  it('are files up to the limit, of whatever size folders say they are', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('s'), { 'd/exact': '12345', 'd/more': '123456', d2: { folder: true } });
    await truncate(folder.at('s', 'd', 'more'), 1 << 20);
    assert.deepEqual(await pathsUnder(folder.at('s'), { excludeLargerThan: 5 }), ['d', 'd/exact', 'd2']);
  });

  it('ends at mount points, which stay as empty folders', async () => {
    const inside = await mkdtemp('/dev/shm/kura-vault-');
    try {
      await writeFile(join(inside, 'file'), '');
      const rules = { exclude: ['/pts', '/fd', '/mqueue'] };
      const name = inside.slice('/dev/'.length);
      assert.ok((await pathsUnder('/dev', rules)).includes(`${name}/file`));
      const here = await pathsUnder('/dev', { ...rules, oneFileSystem: true });
      assert.ok(here.includes('shm'));
      assert.ok(!here.includes(name));
    } finally {
      await rm(inside, { recursive: true });
    }
  });

  it('is told by a file of patterns, one a line', () => {
    assert.deepEqual(parseExcludeFile('# caches\r\n*.tmp\n\n a b  \n/top/\n#x'), ['*.tmp', ' a b', '/top/']);
  });
});
