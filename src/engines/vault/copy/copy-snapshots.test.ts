import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';

import { createMemoryVault, type MemoryVault } from '../testing/memory-vault.ts';
import { createTestFolder, describeTree, type TestFolder, writeTree } from '../testing/vault-fixture.ts';

async function twoDays(folder: TestFolder, made: MemoryVault): Promise<void> {
  const source = folder.at('source');
  await writeTree(source, { 'm/model': randomBytes(400_000), note: 'one', link: { symlink: 'note' }, empty: '' });
  await made.vault.backup({ source, tags: ['nightly'] });
  made.clock.pass(DAY);
  await appendFile(folder.at('source', 'note'), ' and two');
  await made.vault.backup({ source });
}

describe('copying snapshots into another repository', () => {
  it('gives the same trees under other keys', async () => {
    await using folder = await createTestFolder();
    await using made = await createMemoryVault({ passphrase: 'the one', host: 'here' });
    await using other = await createMemoryVault({ passphrase: 'the other', host: 'there' });
    await twoDays(folder, made);
    const records: string[] = [];
    other.storage.beforeWrite = (key) => {
      if (key.startsWith('register/')) records.push(key);
    };
    const done = await made.vault.copyTo(other.vault);
    assert.deepEqual([done.copied.length, done.present.length, done.failed.length], [2, 0, 0]);
    assert.equal(records.length, 1, 'all of them enter the register together');
    assert.deepEqual((await other.vault.verify({ readData: true })).errors, []);
    const [originals, copies] = await Promise.all([made.vault.snapshots(), other.vault.snapshots()]);
    assert.deepEqual(
      copies.snapshots.map(({ host, source, tags, startedAt, totals }) => [host, source, tags, startedAt, totals]),
      originals.snapshots.map(({ host, source, tags, startedAt, totals }) => [host, source, tags, startedAt, totals]),
    );
    assert.deepEqual(
      copies.snapshots.map(({ copyOf }) => copyOf?.snapshot),
      originals.snapshots.map(({ id }) => id),
    );
    await other.vault.restore({ snapshot: 'latest', target: folder.at('back') });
    assert.deepEqual(await describeTree(folder.at('back')), await describeTree(folder.at('source')));
  });

  it('does nothing twice, and only what is new the next time', async () => {
    await using folder = await createTestFolder();
    await using made = await createMemoryVault({ passphrase: 'the one' });
    await using other = await createMemoryVault();
    await twoDays(folder, made);
    await made.vault.copyTo(other.vault);
    const again = await made.vault.copyTo(other.vault);
    assert.deepEqual([again.copied.length, again.present.length, again.newBytes, again.readBytes], [0, 2, 0, 0]);
    made.clock.pass(DAY);
    await writeFile(folder.at('source', 'third'), randomBytes(1000));
    await made.vault.backup({ source: folder.at('source') });
    const more = await made.vault.copyTo(other.vault);
    assert.equal(more.copied.length, 1);
    assert.equal(more.readBytes, 1000, 'what was copied before is not read again');
  });

  it('knows its own snapshots when they come back', async () => {
    await using folder = await createTestFolder();
    await using made = await createMemoryVault();
    await using other = await createMemoryVault();
    await twoDays(folder, made);
    await made.vault.copyTo(other.vault);
    assert.equal((await other.vault.copyTo(made.vault)).present.length, 2);
  });

  it('goes on where it was interrupted and never shows half a snapshot', async () => {
    await using folder = await createTestFolder();
    await using made = await createMemoryVault();
    await using other = await createMemoryVault();
    await twoDays(folder, made);
    other.storage.beforeWrite = (key) => {
      if (key.startsWith('snapshots/')) throw new KuraError('unavailable', 'vault.storage-full');
    };
    await assert.rejects(made.vault.copyTo(other.vault), { code: 'vault.storage-full' });
    other.storage.beforeWrite = () => undefined;
    assert.deepEqual((await other.vault.verify({ readData: true })).errors, []);
    assert.deepEqual((await other.vault.snapshots()).snapshots, []);
    const done = await made.vault.copyTo(other.vault);
    assert.equal(done.copied.length, 2);
    assert.ok(done.newBytes < 20_000, `${done.newBytes}: the model was there already`);
  });

  it('takes the sound snapshots along and names the damaged one', async () => {
    await using folder = await createTestFolder();
    await using made = await createMemoryVault();
    await using other = await createMemoryVault();
    await twoDays(folder, made);
    await rm(folder.at('source'), { recursive: true });
    await writeTree(folder.at('source'), { sound: 'sound' });
    made.clock.pass(DAY);
    await made.vault.backup({ source: folder.at('source') });
    const [largest] = [...made.storage.values]
      .filter(([key]) => key.startsWith('packs/'))
      .toSorted(([, one], [, two]) => two.byteLength - one.byteLength);
    largest?.[1].fill(0, 200_000, 200_001);
    largest?.[1].fill(1, 200_001, 200_002);
    const done = await made.vault.copyTo(other.vault);
    assert.deepEqual([done.copied.length, done.failed.length], [1, 2]);
    assert.ok(done.failed.every(({ error }) => error.code === 'vault.object-damaged'));
    assert.deepEqual((await other.vault.verify({ readData: true })).errors, []);
  });

  it('refuses to copy a repository into itself', async () => {
    await using made = await createMemoryVault();
    await assert.rejects(made.vault.copyTo(made.vault), { code: 'vault.copy-to-itself' });
  });
});
