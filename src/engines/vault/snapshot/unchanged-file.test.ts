import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { sha256 } from '#kernel/brands';

import { blobId } from '../format/blob.ts';
import { createParentLines, type ParentLine } from './parent-lines.ts';
import { encodeEntry, type FileEntry, type TreeEntry } from './tree-entry.ts';
import { type UnchangedFacts, unchangedFile } from './unchanged-file.ts';

const file: FileEntry = {
  type: 'file',
  path: Buffer.from('部屋/a b.txt'),
  mode: 0o640,
  uid: 1000,
  gid: 100,
  mtimeNs: -5n,
  size: 12,
  sha256: sha256('0'.repeat(64)),
  chunks: [chunk('a'), chunk('b')],
  ctimeNs: 1_700_000_000_123_456_789n,
  inode: 2n ** 63n,
  sparse: false,
  torn: false,
};
const facts: UnchangedFacts = {
  mode: 0o100640n,
  uid: 1000n,
  gid: 100n,
  size: 12n,
  mtimeNs: -5n,
  ctimeNs: file.ctimeNs,
  ino: file.inode,
};

async function* onePiece(lines: readonly string[]): AsyncGenerator<readonly string[]> {
  yield lines;
}

async function lineOf(entry: TreeEntry, line = encodeEntry(entry)): Promise<ParentLine> {
  const found = await createParentLines(onePiece([line])).at(entry.path);
  return found ?? assert.fail(line);
}

function chunk(digit: string) {
  return { id: blobId(digit.repeat(64)), storedBytes: 17 };
}

describe('a file in its line of the list', () => {
  it('is recognised with all its chunks, and its entry is the line again', async () => {
    for (const entry of [file, { ...file, chunks: [] }, { ...file, sparse: true }]) {
      const line = await lineOf(entry);
      const known = unchangedFile(line, facts);
      assert.deepEqual(known, entry);
      assert.equal(encodeEntry(known ?? entry), line.line);
    }
  });

  it('is not recognised when any fact differs, or the line holds more than facts', async () => {
    const line = await lineOf(file);
    for (const [name, value] of Object.entries(facts)) {
      assert.equal(unchangedFile(line, { ...facts, [name]: value + 1n }), undefined, name);
    }
    const attributes = [{ name: Buffer.from('user.x'), value: Buffer.from('y') }];
    for (const entry of [
      { ...file, torn: true },
      { ...file, attributes },
      { ...file, path: Buffer.from('a"b') },
      { ...file, path: Buffer.from([0xff]) },
    ]) {
      assert.equal(unchangedFile(await lineOf(entry), facts), undefined);
    }
  });

  it('is not recognised in a line that is written in another way', async () => {
    const line = encodeEntry(file);
    for (const other of [
      line.replace(',17]]', ',17],]'),
      line.replace('"chunks":[', '"chunks":[ '),
      line.replace('"inode"', '"sparse":true,"inode"'),
      `${line} `,
    ]) {
      assert.equal(unchangedFile({ ...(await lineOf(file)), line: other }, facts), undefined, other);
    }
  });
});

describe('the lines of a parent', () => {
  it('are found in walking order, in whatever pieces they come, until one is damaged', async () => {
    const paths = ['a', 'a/"', 'a/b', 'c', 'd'];
    const lines = paths.map((path) => encodeEntry({ ...file, path: Buffer.from(path) }));
    async function* pieces(): AsyncGenerator<readonly string[]> {
      yield lines.slice(0, 2);
      yield [];
      yield [...lines.slice(2, 4), 'no line', ...lines.slice(4)];
    }
    const parent = createParentLines(pieces());
    const found: string[] = [];
    for (const path of ['a', 'a/"', 'b', 'c', 'd']) if (await parent.at(Buffer.from(path))) found.push(path);
    assert.deepEqual(found, ['a', 'a/"', 'c']);
    await parent.close();
  });
});
