import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';

import { DAY } from '#kernel/units';

import { createMemoryVault, type MemoryVault } from '../testing/memory-vault.ts';
import { createTestFolder, writeTree } from '../testing/vault-fixture.ts';

const parts = 4;

/** Several packs: one a day. */
async function severalPacks(): Promise<MemoryVault> {
  const made = await createMemoryVault({ passphrase: 'x' });
  await using folder = await createTestFolder();
  for (let day = 0; day < 6; day++) {
    await writeTree(folder.at('source'), { [`file ${day}`]: randomBytes(20_000) });
    made.clock.pass(DAY);
    await made.vault.backup({ source: folder.at('source') });
  }
  return made;
}

describe('the ledger of what was read', () => {
  it('says after all parts that every byte was read, and what falls due again', async () => {
    await using made = await severalPacks();
    const { vault, clock } = made;
    const start = (await vault.verify()).coverage;
    assert.deepEqual(start.neverRead, { items: start.items, bytes: start.bytes });
    assert.equal(start.oldestReadAt, undefined);
    let objects = 0;
    for (let part = 1; part <= parts; part++) {
      clock.pass(DAY);
      objects += (await vault.verify({ subset: { part, of: parts } })).objects;
    }
    const { coverage } = await vault.verify();
    assert.deepEqual(coverage.neverRead, { items: 0, bytes: 0 });
    assert.equal(objects, (await vault.stats()).objects, 'each blob belongs to one part');
    const due = (await vault.verify({ dueWithinMs: 365 * DAY })).coverage.due;
    assert.deepEqual(due, { items: 0, bytes: 0 });
    clock.pass(30 * DAY);
    const again = await vault.verify({ dueWithinMs: 7 * DAY });
    assert.equal(again.objects, objects, 'all of it was due');
    assert.deepEqual(again.coverage.due, { items: 0, bytes: 0 });
    assert.equal((await vault.verify({ dueWithinMs: 7 * DAY })).objects, 0);
    assert.equal([...made.storage.values.keys()].filter((key) => key.startsWith('checked/')).length, 1);
  });

  it('does not count what was found damaged as read', async () => {
    await using made = await severalPacks();
    const [, value = new Uint8Array()] = [...made.storage.values].find(([key]) => key.startsWith('packs/')) ?? [];
    value[100] = (value[100] ?? 0) ^ 1;
    const { errors, coverage } = await made.vault.verify({ readData: true });
    assert.equal(errors.length, 1);
    assert.equal(coverage.neverRead.items, 1);
  });

  it('finds in its part what is damaged there, with the files it costs', async () => {
    await using made = await severalPacks();
    const [, value = new Uint8Array()] = [...made.storage.values].find(([key]) => key.startsWith('packs/')) ?? [];
    value[100] = (value[100] ?? 0) ^ 1;
    const found = [];
    for (let part = 1; part <= parts; part++) {
      found.push(...(await made.vault.verify({ subset: { part, of: parts } })).errors);
    }
    assert.equal(found.length, 1);
    assert.ok((found[0]?.files.length ?? 0) + (found[0]?.snapshots.length ?? 0) > 0);
  });

  it('is joined from the records of several machines, and does without where nothing can be written', async () => {
    await using made = await severalPacks();
    const before = new Map(made.storage.values);
    await made.vault.verify({ subset: { part: 1, of: 2 } });
    const one = [...made.storage.values].find(([key]) => !before.has(key));
    made.storage.values.delete(one?.[0] ?? '');
    await made.vault.verify({ subset: { part: 2, of: 2 } });
    made.storage.values.set(one?.[0] ?? '', one?.[1] ?? new Uint8Array());
    assert.deepEqual((await made.vault.verify()).coverage.neverRead.items, 0);
    made.storage.beforeWrite = () => {
      throw Object.assign(new Error('read-only'), { code: 'EROFS' });
    };
    const { errors, notes } = await made.vault.verify({ readData: true });
    assert.deepEqual([errors, notes.map(({ code }) => code)], [[], ['vault.coverage-not-kept']]);
  });

  it('refuses a part that is none', async () => {
    await using made = await createMemoryVault();
    for (const part of [0, 3, 1.5]) {
      await assert.rejects(made.vault.verify({ subset: { part, of: 2 } }), { code: 'vault.subset-invalid' });
    }
  });
});
