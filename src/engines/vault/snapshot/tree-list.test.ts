import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTestFolder, createTestVault } from '../testing/vault-fixture.ts';
import { emptyFile, openInternals } from '../testing/vault-internals.ts';
import type { Content, TreeEntry } from './tree-entry.ts';
import { createTreeListWriter, readNewEntries, readTreeList, WalkedPieces } from './tree-list.ts';

const { signal } = new AbortController();

type Internals = Awaited<ReturnType<typeof openInternals>>;

async function listOf({ context, store }: Internals, entries: readonly TreeEntry[]): Promise<Content> {
  await using list = createTreeListWriter(context, store, signal);
  for (const entry of entries) await list.add(entry);
  const content = await list.finish();
  await store.flush();
  return content;
}

async function pathsOf(entries: AsyncIterable<TreeEntry>): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path, mode } of entries) paths.push(`${Buffer.from(path).toString()} ${mode}`);
  return paths;
}

function numbered(count: number, mode: (index: number) => number): readonly TreeEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    ...emptyFile,
    path: Buffer.from(`folder/${String(index).padStart(6, '0')}`),
    mode: mode(index),
  }));
}

describe('new entries of a list', () => {
  it('are all that no list before had, however the pieces fall', async () => {
    await using folder = await createTestFolder();
    await using _ = await createTestVault({ folder: folder.at('repo') });
    await using inside = await openInternals(folder.at('repo'));
    const walked = new WalkedPieces();
    const lists = [() => 0o600, (index: number) => (index === 1234 ? 0o644 : 0o600), () => 0o600];
    const seen = new Set<string>();
    const counts: number[] = [];
    for (const mode of lists) {
      const content = await listOf(inside, numbered(3000, mode));
      assert.ok(content.chunks.length > 3, `${content.chunks.length} pieces`);
      const news = await pathsOf(readNewEntries(inside.context, inside.store, content, { walked, signal }));
      counts.push(news.length);
      const all = await pathsOf(readTreeList(inside.context, inside.store, content, signal));
      for (const line of news) seen.add(line);
      assert.deepEqual(
        all.filter((line) => !seen.has(line)),
        [],
      );
    }
    const [first, second, third] = counts;
    assert.equal(first, 3000);
    assert.ok(second !== undefined && second > 0 && second < 2000, `${second} entries of the changed list`);
    assert.equal(third, 0);
  });
});
