import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { DAY } from '#kernel/units';

import { createMemoryVault, type MemoryVault, type MemoryVaultOptions } from '../testing/memory-vault.ts';
import { createTestFolder, type TestFolder, writeTree } from '../testing/vault-fixture.ts';

async function backUp({ vault, clock }: MemoryVault, folder: TestFolder): Promise<string> {
  clock.pass(DAY);
  return (await vault.backup({ source: folder.at('source') })).snapshot.id;
}

async function problemsIn({ vault }: MemoryVault): Promise<readonly (readonly string[])[]> {
  const { errors, notes } = await vault.verify();
  return [
    ...errors.map(({ error, object }) => [error.code, object]),
    ...notes.filter(({ code }) => code !== 'vault.orphans').map(({ code }) => [code]),
  ];
}

function filesIn({ storage }: MemoryVault, prefix: string): readonly string[] {
  return [...storage.values.keys()].filter((key) => key.startsWith(prefix));
}

describe('the register of snapshots and holds', () => {
  let folder: TestFolder;
  before(async () => {
    folder = await createTestFolder();
    await writeTree(folder.at('source'), { note: 'text' });
  });
  after(() => folder[Symbol.asyncDispose]());

  const kinds: Readonly<Record<string, MemoryVaultOptions>> = {
    encrypted: { passphrase: 'four words and more' },
    open: {},
    'append-only': { appendOnly: true },
  };
  for (const [kind, options] of Object.entries(kinds)) {
    it(`${kind}: whichever snapshot is deleted, the newest as well, verify names it, also after further backups`, async () => {
      await using made = await createMemoryVault(options);
      const ids = [await backUp(made, folder), await backUp(made, folder), await backUp(made, folder)];
      assert.deepEqual(await problemsIn(made), []);
      for (const id of ids) {
        const key = `snapshots/${id}`;
        const kept = made.storage.values.get(key) ?? new Uint8Array();
        made.storage.values.delete(key);
        assert.deepEqual(await problemsIn(made), [['vault.snapshot-missing', key]]);
        made.storage.values.set(key, kept);
      }
      made.storage.values.delete(`snapshots/${ids[0]}`);
      await backUp(made, folder);
      assert.deepEqual(await problemsIn(made), [['vault.snapshot-missing', `snapshots/${ids[0]}`]]);
    });
  }

  it('does not miss what was forgotten, also not after a prune', async () => {
    await using made = await createMemoryVault();
    const [first] = [await backUp(made, folder), await backUp(made, folder)];
    await made.vault.forget({ keep: { last: 1 } });
    await made.vault.prune();
    assert.ok(!filesIn(made, 'snapshots/').includes(`snapshots/${first}`));
    assert.deepEqual(await problemsIn(made), []);
    assert.equal(filesIn(made, 'register/').length, 1, 'one record is enough where older ones may go');
  });

  it('lets somebody accept that a snapshot is gone', async () => {
    await using made = await createMemoryVault();
    const [first] = [await backUp(made, folder), await backUp(made, folder)];
    made.storage.values.delete(`snapshots/${first}`);
    await made.vault.forget({ snapshots: [first] });
    assert.deepEqual(await problemsIn(made), []);
  });

  it('takes up what an interrupted run left unregistered, and what an interrupted forget left behind', async () => {
    await using made = await createMemoryVault();
    await backUp(made, folder);
    const writes: string[] = [];
    made.storage.beforeWrite = (key) => {
      if (key.startsWith('register/')) throw new Error('killed');
      writes.push(key);
    };
    await assert.rejects(backUp(made, folder), /killed/);
    made.storage.beforeWrite = () => undefined;
    assert.ok(writes.some((key) => key.startsWith('snapshots/')));
    assert.deepEqual(await problemsIn(made), [['vault.snapshot-unregistered']]);
    await backUp(made, folder);
    assert.deepEqual(await problemsIn(made), []);

    made.storage.beforeRemove = (key) => {
      if (key.startsWith('snapshots/')) throw new Error('killed');
    };
    await assert.rejects(made.vault.forget({ keep: { last: 1 } }), /killed/);
    made.storage.beforeRemove = () => undefined;
    assert.deepEqual(await problemsIn(made), [['vault.snapshot-unregistered'], ['vault.snapshot-unregistered']]);
    await backUp(made, folder);
    assert.deepEqual(await problemsIn(made), []);
  });

  it('is itself missed when somebody deletes it, or a record of an append-only repository', async () => {
    await using made = await createMemoryVault();
    await backUp(made, folder);
    await backUp(made, folder);
    for (const key of filesIn(made, 'register/')) made.storage.values.delete(key);
    assert.deepEqual((await problemsIn(made))[0], ['vault.register-missing', 'register']);
    await made.vault.repair();
    assert.deepEqual(await problemsIn(made), []);

    await using kept = await createMemoryVault({ appendOnly: true });
    for (let run = 0; run < 3; run++) await backUp(kept, folder);
    const records = filesIn(kept, 'register/');
    assert.equal(records.length, 3);
    for (const key of records) {
      const value = kept.storage.values.get(key) ?? new Uint8Array();
      kept.storage.values.delete(key);
      assert.notDeepEqual(await problemsIn(kept), [], key);
      kept.storage.values.set(key, value);
    }
  });

  it('counts as whole again after one repair, however many records are lost', async () => {
    await using made = await createMemoryVault();
    for (let run = 0; run < 4; run++) await backUp(made, folder);
    for (const key of filesIn(made, 'register/')) made.storage.values.delete(key);
    await made.vault.repair();
    assert.deepEqual(await problemsIn(made), []);
  });

  for (const [kind, options] of Object.entries(kinds)) {
    it(`${kind}: a hold that is deleted is missed, and nothing is forgotten meanwhile`, async () => {
      await using made = await createMemoryVault(options);
      const [first, second] = [await backUp(made, folder), await backUp(made, folder)];
      const holds = [await made.vault.hold({ snapshot: first, reason: 'case 7' })];
      await backUp(made, folder);
      holds.push(await made.vault.hold({ snapshot: second, reason: 'case 8' }));
      assert.deepEqual(await problemsIn(made), []);
      for (const { id, snapshot } of holds) {
        const key = `holds/${id}`;
        const kept = made.storage.values.get(key) ?? new Uint8Array();
        made.storage.values.delete(key);
        const [problem, ...others] = (await made.vault.verify()).errors;
        assert.deepEqual([problem?.error.code, problem?.object], ['vault.hold-missing', key]);
        assert.deepEqual([problem?.snapshots, others], [[snapshot], []]);
        await assert.rejects(made.vault.holds(), { code: 'vault.hold-missing' });
        if (!made.vault.appendOnly) {
          await assert.rejects(made.vault.forget({ keep: { last: 1 } }), { code: 'vault.hold-missing' });
        }
        made.storage.values.set(key, kept);
      }
      assert.deepEqual(
        (await made.vault.holds()).map(({ id }) => id),
        holds.map(({ id }) => id),
      );
    });
  }

  it('misses no hold that was lifted, and lets somebody lift one that is gone', async () => {
    await using made = await createMemoryVault();
    const snapshot = await backUp(made, folder);
    const one = await made.vault.hold({ snapshot, reason: 'one' });
    const other = await made.vault.hold({ snapshot, reason: 'other' });
    assert.deepEqual(await made.vault.liftHold(one.id), one);
    assert.deepEqual(await problemsIn(made), []);
    made.storage.values.delete(`holds/${other.id}`);
    await backUp(made, folder);
    assert.deepEqual(await problemsIn(made), [['vault.hold-missing', `holds/${other.id}`]]);
    assert.deepEqual(await made.vault.liftHold(other.id.slice(0, 12)), { id: other.id, snapshot });
    assert.deepEqual(await problemsIn(made), []);
    assert.deepEqual(await made.vault.holds(), []);
  });

  it('is not written when a change finds nothing to change', async () => {
    await using made = await createMemoryVault();
    await backUp(made, folder);
    const before = filesIn(made, 'register/');
    assert.deepEqual((await made.vault.forget({ keep: { last: 1 } })).removed, []);
    assert.deepEqual(filesIn(made, 'register/'), before);
  });

  it('is begun in a repository that has none yet', async () => {
    await using made = await createMemoryVault();
    const id = await backUp(made, folder);
    for (const key of filesIn(made, 'register/')) made.storage.values.delete(key);
    assert.deepEqual(await problemsIn(made), [['vault.snapshot-unregistered']]);
    await backUp(made, folder);
    assert.deepEqual(await problemsIn(made), []);
    made.storage.values.delete(`snapshots/${id}`);
    assert.deepEqual(await problemsIn(made), [['vault.snapshot-missing', `snapshots/${id}`]]);
  });
});
