import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { nowInstant, systemClock } from '#kernel/clock';
import type { KuraError } from '#kernel/errors';
import { createTestFolder, createTestVault, type TestFolder } from '../testing/vault-fixture.ts';
import { emptyFile, noFacts, openInternals } from '../testing/vault-internals.ts';
import type { Vault } from '../vault.ts';
import { writeSnapshot } from './snapshot.ts';
import type { TreeEntry } from './tree-entry.ts';
import { createTreeListWriter } from './tree-list.ts';

describe('a snapshot made to break out', () => {
  for (const path of ['../escaped', '/escaped', 'a/../../escaped', '..']) {
    it(`is refused before anything is written: ${path}`, async () => {
      await using folder = await createTestFolder();
      await using vault = await vaultWith(folder, [file(path)]);
      const restoring = vault.restore({
        snapshot: 'latest',
        target: folder.at('out', 'target'),
        conflict: 'overwrite',
      });
      await assert.rejects(
        restoring,
        (error: KuraError) => error.kind === 'refused' && error.code === 'vault.path-escapes',
      );
      assert.deepEqual(await readdir(folder.path), ['repo']);
    });
  }

  it('cannot write through a link that it brings along', async () => {
    await using folder = await createTestFolder();
    const link: TreeEntry = { ...noFacts, type: 'symlink', path: Buffer.from('a'), target: Buffer.from(folder.path) };
    const hard: TreeEntry = {
      ...noFacts,
      type: 'hardlink',
      path: Buffer.from('b'),
      target: Buffer.from('a/repo/config'),
    };
    await using vault = await vaultWith(folder, [link, file('a/escaped'), hard]);
    const result = await vault.restore({ snapshot: 'latest', target: folder.at('target') });
    assert.equal(result.result, 'partial');
    assert.deepEqual((await readdir(folder.path)).sort(), ['repo', 'target']);
    assert.ok(!(await readdir(folder.at('target'))).includes('b'));
  });
});

function file(path: string): TreeEntry {
  return { ...emptyFile, path: Buffer.from(path) };
}

/** A repository whose only snapshot lists these entries. */
async function vaultWith(folder: TestFolder, entries: readonly TreeEntry[]): Promise<Vault> {
  const vault = await createTestVault({ folder: folder.at('repo') });
  await using inside = await openInternals(folder.at('repo'));
  const { context, store } = inside;
  const { signal } = new AbortController();
  await using list = createTreeListWriter(context, store, signal);
  for (const entry of entries) await list.add(entry);
  const content = await list.finish();
  await store.flush(signal);
  const now = nowInstant(systemClock);
  await writeSnapshot(
    context,
    {
      startedAt: now,
      endedAt: now,
      host: 'x',
      source: '/x',
      tags: [],
      exclude: [],
      parent: undefined,
      result: 'complete',
      totals: { files: 1, directories: 0, links: 0, special: 0, bytes: 0 },
      problems: [],
      list: content,
    },
    signal,
  );
  return vault;
}
