import assert from 'node:assert/strict';
import { lstat, rm, symlink } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { createTestFolder, createTestVault, type TestFolder, writeTree } from '../testing/vault-fixture.ts';
import { openInternals } from '../testing/vault-internals.ts';
import { makeEntry, type SourceItem, type SourceOutcome } from './source-entry.ts';

/** What becomes of `z`, which was listed as a file and then met its fate. */
async function outcomeAfter(fate: (path: string) => Promise<void>): Promise<SourceOutcome> {
  await using folder = await createTestFolder();
  const item = await listedFile(folder);
  await fate(folder.at('source', 'z'));
  await using _ = await createTestVault({ folder: folder.at('repo') });
  await using inside = await openInternals(folder.at('repo'));
  const { signal } = new AbortController();
  return await makeEntry({ ...inside, signal, trustBeforeNs: 0n, onRead() {} }, item);
}

async function listedFile(folder: TestFolder): Promise<SourceItem> {
  await writeTree(folder.at('source'), { a: 'secret elsewhere', z: 'listed as a file' });
  const path = folder.at('source', 'z');
  const facts = await lstat(path, { bigint: true });
  return { found: { path: Buffer.from('z'), absolute: Buffer.from(path), facts }, past: undefined, linkTo: undefined };
}

describe('a path that changes between listing and reading', () => {
  it('is not followed when it has become a link, and is recorded as unreadable', async () => {
    const outcome = await outcomeAfter(async (path) => {
      await rm(path);
      await symlink('a', path);
    });
    assert.equal(outcome.entry, undefined);
    assert.equal(outcome.problem?.code, 'vault.file-unreadable');
    assert.match(outcome.problem?.reason ?? '', /ELOOP/);
  });

  it('is no problem when it has vanished', async () => {
    assert.deepEqual(await outcomeAfter((path) => rm(path)), {});
  });
});
