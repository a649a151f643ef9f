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

describe('the register of snapshots', () => {
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
