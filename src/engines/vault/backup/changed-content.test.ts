import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { createTestFolder, createTestVault, describeTree, writeTree } from '../testing/vault-fixture.ts';

const MIB = 1 << 20;
const usual = { passphrase: 'x', chunkBytes: 16 * MIB };

/** Lines that compress like a log and repeat nowhere. */
function log(lines: number): string[] {
  return Array.from(
    { length: lines },
    (_, line) => `${line} took ${createHash('md5').update(`${line}`).digest('hex')} ms\n`,
  );
}

describe('a backup of what has changed', () => {
  it('stores little of a text into which something was inserted', async () => {
    await using folder = await createTestFolder();
    const lines = log(80_000);
    await writeTree(folder.at('source'), { log: lines.join('') });
    await using vault = await createTestVault({ folder: folder.at('repo'), ...usual });
    const first = await vault.backup({ source: folder.at('source') });
    await writeFile(folder.at('source', 'log'), lines.toSpliced(1000, 0, 'inserted\n').join(''));

    const second = await vault.backup({ source: folder.at('source') });
    assert.ok(second.newBytes < first.newBytes / 8, `${second.newBytes} of ${first.newBytes}`);
    await vault.restore({ snapshot: 'latest', target: folder.at('target') });
    assert.deepEqual(await describeTree(folder.at('target')), await describeTree(folder.at('source')));
  });

  it('does not read a large file again that was renamed, or whose folder was, unless it is told to', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { 'a/large': randomBytes(2 * MIB), 'b/large': randomBytes(2 * MIB) });
    await using vault = await createTestVault({ folder: folder.at('repo'), ...usual });
    await vault.backup({ source: folder.at('source') });
    await rename(folder.at('source', 'a', 'large'), folder.at('source', 'renamed'));
    await rename(folder.at('source', 'b'), folder.at('source', 'c'));

    const moved = await vault.backup({ source: folder.at('source') });
    assert.deepEqual([moved.readBytes, moved.reusedFiles], [0, 2]);
    assert.ok(moved.newBytes < 2000, `${moved.newBytes}`);
    const again = await vault.backup({ source: folder.at('source') });
    assert.deepEqual([again.readBytes, again.newBytes], [0, 0]);
    assert.equal((await vault.backup({ source: folder.at('source'), readAll: true })).readBytes, 4 * MIB);
    await vault.restore({ snapshot: 'latest', target: folder.at('target') });
    assert.deepEqual(await describeTree(folder.at('target')), await describeTree(folder.at('source')));
  });

  it('reads a file anew that took the time of another, or was written to after it was moved', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { one: randomBytes(2 * MIB) });
    await using vault = await createTestVault({ folder: folder.at('repo'), ...usual });
    await vault.backup({ source: folder.at('source') });
    await mkdir(folder.at('source', 'sub'));
    await rename(folder.at('source', 'one'), folder.at('source', 'sub', 'one'));
    await writeFile(folder.at('source', 'sub', 'one'), randomBytes(2 * MIB));
    await writeFile(folder.at('source', 'other'), randomBytes(2 * MIB));
    await utimes(folder.at('source', 'other'), 1_750_000_000, 1_750_000_000);

    assert.equal((await vault.backup({ source: folder.at('source') })).readBytes, 4 * MIB);
  });

  it('stores a changed file list only where it differs', async () => {
    await using folder = await createTestFolder();
    const names = Array.from({ length: 600 }, (_, index) => [`d${index % 30}/f${index}`, String(index)] as const);
    await writeTree(folder.at('source'), Object.fromEntries(names));
    await using vault = await createTestVault({ folder: folder.at('repo'), ...usual });
    await vault.backup({ source: folder.at('source') });
    await writeFile(folder.at('source', 'd7', 'new'), 'new');

    const { newBytes } = await vault.backup({ source: folder.at('source') });
    assert.ok(newBytes < 45_000, `${newBytes}`);
  });
});
