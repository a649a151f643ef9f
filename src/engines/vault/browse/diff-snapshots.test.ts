import assert from 'node:assert/strict';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { DAY } from '#kernel/units';

import { createMemoryVault } from '../testing/memory-vault.ts';
import { collected, createTestFolder, writeTree } from '../testing/vault-fixture.ts';

describe('two snapshots', () => {
  it('differ exactly where something was added, removed, changed or became another kind', async () => {
    await using folder = await createTestFolder();
    await using made = await createMemoryVault({ passphrase: 'x' });
    const source = folder.at('source');
    await writeTree(source, {
      'a/same': '1',
      'a/changed': '1',
      'a-gone': '1',
      mode: '1',
      kind: '1',
      z: { symlink: 'a' },
    });
    const { snapshot: one } = await made.vault.backup({ source });
    await writeFile(folder.at('source', 'a', 'changed'), '2');
    await rm(folder.at('source', 'a-gone'));
    await chmod(folder.at('source', 'mode'), 0o600);
    await rm(folder.at('source', 'kind'));
    await writeTree(source, { kind: { folder: true }, 'b/new': '1', 'a/changed': '2' });
    made.clock.pass(DAY);
    const { snapshot: two } = await made.vault.backup({ source });

    async function changes(before: string, after: string): Promise<readonly string[]> {
      return (await collected(made.vault.diff(before, after)))
        .filter(({ change, after: entry }) => !(change === 'facts' && entry?.type === 'directory'))
        .map(({ change, path }) => `${change} ${path.toString()}`);
    }

    assert.deepEqual(await changes(one.id, two.id), [
      'content a/changed',
      'removed a-gone',
      'added b',
      'added b/new',
      'type kind',
      'facts mode',
    ]);
    assert.deepEqual(
      (await changes('latest', one.id)).filter((line) => /^(?:added|removed)/.test(line)),
      ['added a-gone', 'removed b', 'removed b/new'],
    );
    assert.deepEqual(await changes(one.id, one.id), []);
    const found = await collected(made.vault.findPaths({ pattern: 'new' }));
    assert.deepEqual(
      found.map(({ snapshot, entry }) => [snapshot.id, entry.path.toString()]),
      [[two.id, 'b/new']],
    );
  });
});
