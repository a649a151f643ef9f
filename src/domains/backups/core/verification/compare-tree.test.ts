import assert from 'node:assert/strict';
import { rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { createLocalDiskStorage, openVault } from '#engines/vault';
import { makeVault, never, writeTree } from '../../testing/open-backups.ts';
import { createTestHome } from '../../testing/test-home.ts';
import { compareTree } from './compare-tree.ts';

describe('compareTree', () => {
  it('finds what is missing, changed, longer or of another kind, and nothing else', async () => {
    await using home = await createTestHome();
    const source = await writeTree(home.at('source'), {
      same: 'same',
      gone: 'gone',
      changed: 'before',
      longer: 'short',
      'folder/kind': 'file',
      空: 'unicode',
    });
    await symlink('same', home.at('source', 'link'));
    await using vault = await openVault({
      storage: createLocalDiskStorage({ folder: await makeVault(home.at('repo')) }),
    });
    const { snapshot } = await vault.backup({ source });
    const options = { signal: never, onProgress() {} };
    const sound = await compareTree(source, vault.entries(snapshot.id), options);
    assert.deepEqual(sound.differences, []);
    assert.equal(sound.files, 6);

    await unlink(home.at('source', 'gone'));
    await writeFile(home.at('source', 'changed'), 'after!');
    await writeFile(home.at('source', 'longer'), 'short and more');
    await rm(home.at('source', 'folder'), { recursive: true });
    await writeFile(home.at('source', 'folder'), '');
    await unlink(home.at('source', 'link'));
    await symlink('elsewhere', home.at('source', 'link'));
    const compared = await compareTree(source, vault.entries(snapshot.id), options);
    assert.deepEqual(
      new Set(compared.differences.map(({ params }) => params['path'])),
      new Set(['changed', 'folder', 'folder/kind', 'gone', 'link', 'longer']),
    );
    assert.equal(compared.matching.length, 2);
  });
});
