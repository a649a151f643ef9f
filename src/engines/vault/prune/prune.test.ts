import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';

import { createMemoryVault, type MemoryVault } from '../testing/memory-vault.ts';
import { createTestFolder, describeTree, type TestFolder, writeTree } from '../testing/vault-fixture.ts';

const passphrase = 'four words and more';

/** Three days: `old` is only in the first snapshot, `kept` in all. */
async function threeDays(folder: TestFolder, options = {}): Promise<MemoryVault> {
  const made = await createMemoryVault({ passphrase, ...options });
  const source = folder.at('source');
  await writeTree(source, { kept: randomBytes(90_000), old: randomBytes(3_000_000), 'small/one': 'one' });
  await made.vault.backup({ source });
  await rm(folder.at('source', 'old'));
  for (const day of ['second', 'third']) {
    made.clock.pass(DAY);
    await writeFile(folder.at('source', 'small', day), randomBytes(50_000));
    await made.vault.backup({ source });
  }
  return made;
}

function storedBytes({ storage }: MemoryVault): number {
  return [...storage.values.values()].reduce((sum, value) => sum + value.byteLength, 0);
}

describe('forget and prune', () => {
  it('free what nobody refers to any more and leave the rest whole', async () => {
    await using folder = await createTestFolder();
    await using made = await threeDays(folder);
    const { vault } = made;
    const before = storedBytes(made);
    const planned = await vault.forget({ keep: { last: 2 }, dryRun: true });
    assert.equal(planned.removed.length, 1);
    assert.equal((await vault.snapshots()).snapshots.length, 3, 'a dry run forgets nothing');
    assert.deepEqual((await vault.forget({ keep: { last: 2 } })).removed, planned.removed);
    const dry = await vault.prune({ dryRun: true });
    assert.ok(storedBytes(made) > before - 10_000, 'forgetting and looking frees nothing yet');
    assert.ok(dry.freedBytes > 2_900_000, `${dry.freedBytes}`);
    const done = await vault.prune();
    assert.ok(storedBytes(made) < before - 2_900_000);
    assert.ok(Math.abs(done.freedBytes - dry.freedBytes) < 5_000, `${done.freedBytes} and ${dry.freedBytes}`);
    assert.deepEqual((await vault.verify({ readData: true })).errors, []);
    await vault.restore({ snapshot: 'latest', target: folder.at('back') });
    assert.deepEqual(await describeTree(folder.at('back')), await describeTree(folder.at('source')));
    const again = await vault.prune();
    assert.deepEqual(
      [again.freedBytes, again.removedFiles, again.repackedBytes],
      [0, 0, 0],
      'a second run has nothing to do',
    );
  });

  it('lose nothing when a run that died had written the pack that the next run writes again', async () => {
    await using folder = await createTestFolder();
    await using made = await createMemoryVault({ passphrase });
    const { vault, storage } = made;
    const source = folder.at('source');
    await writeTree(source, { big: randomBytes(700_000), small: randomBytes(100_000) });
    const { snapshot } = await vault.backup({ source });
    await rm(folder.at('source', 'big'));
    made.clock.pass(DAY);
    await vault.backup({ source });
    await vault.forget({ snapshots: [snapshot.id] });
    const remove = storage.remove.bind(storage);
    storage.remove = async (key, signal) => {
      if (key.startsWith('packs/')) throw new Error('the run dies here');
      await remove(key, signal);
    };
    await assert.rejects(vault.prune(), /the run dies here/);
    storage.remove = remove;
    // Of two places the one listed last counts: now it is the old pack's turn.
    const values = [...storage.values].toReversed();
    storage.values.clear();
    for (const [key, value] of values) storage.values.set(key, value);
    await vault.prune();
    assert.deepEqual((await vault.verify({ readData: true })).errors, []);
  });

  it('writes the living part of half-empty packs again', async () => {
    await using folder = await createTestFolder();
    await using made = await createMemoryVault({ passphrase });
    const { vault } = made;
    const source = folder.at('source');
    await writeTree(source, { big: randomBytes(700_000), small: randomBytes(100_000) });
    const { snapshot } = await vault.backup({ source });
    await rm(folder.at('source', 'big'));
    made.clock.pass(DAY);
    await vault.backup({ source });
    await vault.forget({ snapshots: [snapshot.id] });
    const done = await vault.prune();
    assert.equal(done.repackedPacks, 1);
    assert.ok(done.repackedBytes > 100_000 && done.repackedBytes < 150_000, `${done.repackedBytes}`);
    assert.ok(storedBytes(made) < 200_000);
    assert.deepEqual((await vault.verify({ readData: true })).errors, []);
  });

  it('leaves every snapshot whole wherever it is interrupted, and the next run completes', async () => {
    await using folder = await createTestFolder();
    await using made = await threeDays(folder);
    const { storage, vault } = made;
    await vault.forget({ keep: { last: 1 } });
    const state = new Map(storage.values);
    let steps = 0;
    for (let stopAt = 1; ; stopAt++) {
      storage.values.clear();
      for (const [key, value] of state) storage.values.set(key, value);
      let step = 0;
      storage.beforeWrite = () => {
        step += 1;
        if (step === stopAt) throw new KuraError('unavailable', 'vault.storage-full');
      };
      storage.beforeRemove = () => storage.beforeWrite('', new Uint8Array());
      await vault.prune().catch(() => undefined);
      storage.beforeWrite = () => undefined;
      storage.beforeRemove = () => undefined;
      for (const key of storage.values.keys()) if (key.startsWith('locks/')) storage.values.delete(key);
      assert.deepEqual((await vault.verify({ readData: true })).errors, [], `stopped at step ${stopAt}`);
      await vault.prune();
      assert.equal((await vault.prune({ dryRun: true })).freedBytes, 0);
      if (step < stopAt) break;
      steps += 1;
    }
    assert.ok(steps >= 4, `${steps} steps`);
  });

  it('refuses to prune what it cannot judge', async () => {
    await using folder = await createTestFolder();
    await using made = await threeDays(folder);
    const key = [...made.storage.values.keys()].find((name) => name.startsWith('snapshots/')) ?? '';
    made.storage.values.get(key)?.fill(0, 40);
    await assert.rejects(made.vault.prune(), { code: 'vault.prune-unsafe', kind: 'mismatch' });
    await made.vault.forget({ snapshots: [key.slice('snapshots/'.length)] });
    await made.vault.prune();
  });

  it('does not carry damage on, and does not remove a damaged pack', async () => {
    await using folder = await createTestFolder();
    await using made = await createMemoryVault({ passphrase });
    const { storage, vault } = made;
    await writeTree(folder.at('source'), { big: randomBytes(700_000), small: randomBytes(60_000) });
    const { snapshot } = await vault.backup({ source: folder.at('source') });
    await rm(folder.at('source', 'big'));
    made.clock.pass(DAY);
    await vault.backup({ source: folder.at('source') });
    const [pack] = [...storage.values]
      .filter(([key]) => key.startsWith('packs/'))
      .toSorted(([, one], [, other]) => other.byteLength - one.byteLength);
    pack?.[1].fill(7, 0, 750_000);
    await vault.forget({ snapshots: [snapshot.id] });
    const done = await vault.prune();
    assert.deepEqual(done.damaged, [pack?.[0]]);
    assert.ok(storage.values.has(pack?.[0] ?? ''));
  });

  it('says until when the storage keeps what it does not give up', async () => {
    await using folder = await createTestFolder();
    await using made = await threeDays(folder);
    await made.vault.forget({ keep: { last: 1 } });
    const until = '2027-01-01T00:00:00.000Z';
    made.storage.beforeRemove = (object) => {
      if (object.startsWith('packs/')) {
        throw new KuraError('refused', 'vault.object-retained', { params: { object, until } });
      }
    };
    const done = await made.vault.prune();
    assert.ok(done.retained.length > 0);
    assert.ok(done.retained.every((retained) => retained.until === until));
    assert.deepEqual((await made.vault.verify({ readData: true })).errors, []);
  });

  it('is refused in an append-only repository, as is forgetting', async () => {
    await using folder = await createTestFolder();
    await using made = await threeDays(folder, { appendOnly: true });
    assert.equal(made.vault.appendOnly, true);
    for (const refused of [made.vault.forget({ keep: { last: 1 } }), made.vault.prune()]) {
      await assert.rejects(refused, { code: 'vault.append-only', kind: 'refused' });
    }
    assert.equal((await made.vault.snapshots()).snapshots.length, 3);
  });

  it('keeps out of the way of a backup that is running', async () => {
    await using folder = await createTestFolder();
    await using made = await threeDays(folder);
    await writeFile(folder.at('source', 'more'), randomBytes(200_000));
    let refused: Promise<unknown> | undefined;
    await made.vault.backup({
      source: folder.at('source'),
      onProgress() {
        refused ??= assert.rejects(made.vault.prune(), { code: 'vault.locked' });
      },
    });
    await refused;
  });
});

describe('a legal hold', () => {
  it('keeps its snapshot from every way of forgetting until it is lifted', async () => {
    await using folder = await createTestFolder();
    await using made = await threeDays(folder);
    const { vault } = made;
    const [first] = (await vault.snapshots()).snapshots;
    const hold = await vault.hold({ snapshot: first?.id ?? '', reason: 'case 7' });
    assert.equal(hold.snapshot, first?.id);
    const kept = (await vault.forget({ keep: { last: 1 } })).kept.map(({ reasons }) => reasons);
    assert.deepEqual(kept, [['last'], ['hold']]);
    await assert.rejects(vault.forget({ snapshots: [first?.id ?? ''] }), (error: KuraError) => {
      assert.deepEqual([error.kind, error.code, error.params['reason']], ['refused', 'vault.snapshot-held', 'case 7']);
      return true;
    });
    assert.deepEqual((await vault.verify({ readData: true })).errors, []);
    await vault.liftHold(hold.id.slice(0, 8));
    assert.deepEqual(await vault.holds(), []);
    assert.deepEqual((await vault.forget({ snapshots: [first?.id ?? ''] })).removed, [first?.id]);
  });

  it('that cannot be read stops forgetting altogether', async () => {
    await using folder = await createTestFolder();
    await using made = await threeDays(folder);
    const hold = await made.vault.hold({ snapshot: 'latest', reason: 'x' });
    made.storage.values.get(`holds/${hold.id}`)?.fill(1, 20);
    await assert.rejects(made.vault.forget({ keep: { last: 1 } }), { code: 'vault.hold-damaged' });
    const codes = (await made.vault.verify()).errors.map(({ error }) => error.code);
    assert.deepEqual(codes, ['vault.hold-damaged']);
  });

  it('and an empty policy, forget nothing', async () => {
    await using folder = await createTestFolder();
    await using made = await threeDays(folder);
    await assert.rejects(made.vault.forget({ keep: {} }), { code: 'vault.policy-empty' });
  });
});
