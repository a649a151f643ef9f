import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { DAY } from '#kernel/units';

import { openVault } from '../repository/open-vault.ts';
import { createMemoryVault, type MemoryVault, reopenMemoryVault } from '../testing/memory-vault.ts';
import { createTestFolder, describeTree, writeTree } from '../testing/vault-fixture.ts';
import {
  addRecoveryKey,
  addVaultKey,
  listVaultKeys,
  removeVaultKey,
  rotateVaultKey,
  type VaultKeyAccess,
} from './change-keys.ts';

const passphrase = 'the first one';

function accessTo({ storage }: MemoryVault, by: string = passphrase): VaultKeyAccess {
  return { storage, passphrase: by, scryptCost: 2 };
}

async function opens({ storage }: MemoryVault, by: string): Promise<boolean> {
  try {
    await using _ = await openVault({ storage, passphrase: by });
    return true;
  } catch {
    return false;
  }
}

describe('the keys of a repository', () => {
  it('come, open it, and go', async () => {
    await using made = await createMemoryVault({ passphrase });
    const added = await addVaultKey(accessTo(made), { passphrase: '二つめ', label: 'office' });
    assert.ok(await opens(made, '二つめ'));
    assert.deepEqual(
      (await listVaultKeys(accessTo(made, '二つめ'))).map(({ label, current }) => [label, current]),
      [
        ['first', false],
        ['office', true],
      ],
    );
    await removeVaultKey(accessTo(made), added.id);
    assert.deepEqual([await opens(made, '二つめ'), await opens(made, passphrase)], [false, true]);
    assert.deepEqual((await made.vault.verify()).notes, []);
  });

  it('are not doubled, not taken for others, and never all gone', async () => {
    await using made = await createMemoryVault({ passphrase });
    await assert.rejects(addVaultKey(accessTo(made), { passphrase, label: 'x' }), { code: 'vault.key-known' });
    await assert.rejects(removeVaultKey(accessTo(made), '00000000'), { code: 'vault.key-not-found' });
    const [only] = await listVaultKeys(accessTo(made));
    await assert.rejects(removeVaultKey(accessTo(made), only?.id ?? ''), { code: 'vault.key-last' });
    await assert.rejects(listVaultKeys(accessTo(made, 'wrong')), { code: 'vault.passphrase-wrong' });
    await using open = await createMemoryVault();
    await assert.rejects(listVaultKeys(accessTo(open)), { code: 'vault.not-encrypted' });
  });

  it('of an append-only repository cannot be taken out', async () => {
    await using made = await createMemoryVault({ passphrase, appendOnly: true });
    const added = await addVaultKey(accessTo(made), { passphrase: 'two', label: 'two' });
    await assert.rejects(removeVaultKey(accessTo(made), added.id), { code: 'vault.append-only' });
    await assert.rejects(rotateVaultKey(accessTo(made)), { code: 'vault.append-only' });
  });

  it('on paper open it however they are typed, and a slip is told from a wrong passphrase', async () => {
    await using made = await createMemoryVault({ passphrase });
    const { code } = await addRecoveryKey(accessTo(made));
    assert.match(code, /^KURAVAULT1(?:-[0-9A-F]{4}){17}$/);
    assert.ok(await opens(made, ` ${code.toLowerCase().replaceAll('-', ' ')}\n`));
    const slip = code.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    await assert.rejects(openVault({ storage: made.storage, passphrase: slip }), {
      code: 'vault.recovery-code-mistyped',
    });
  });
});

describe('rotating the master key', () => {
  it('rewrites nothing, keeps everything readable, and seals what comes under the new key', async () => {
    await using folder = await createTestFolder();
    await using made = await createMemoryVault({ passphrase });
    await writeTree(folder.at('source'), { model: randomBytes(200_000) });
    await made.vault.backup({ source: folder.at('source') });
    await addVaultKey(accessTo(made), { passphrase: 'kept', label: 'kept' });
    await addVaultKey(accessTo(made), { passphrase: 'lost', label: 'lost' });
    const before = new Map(made.storage.values);

    const rotated = await rotateVaultKey(accessTo(made), ['kept']);
    assert.deepEqual(
      [rotated.kept.map(({ label }) => label), rotated.dropped.map(({ label }) => label), rotated.masters],
      [['first', 'kept'], ['lost'], 2],
    );
    const changed = [...made.storage.values].filter(([key, value]) => before.get(key) !== value).map(([key]) => key);
    assert.deepEqual(changed.toSorted(), ['config', 'config.copy']);
    assert.deepEqual([await opens(made, 'lost'), await opens(made, 'kept')], [false, true]);

    await using again = await reopenMemoryVault({ ...made, passphrase: 'kept' });
    made.clock.pass(DAY);
    await writeFile(folder.at('source', 'new'), randomBytes(100_000));
    const { newBytes } = await again.vault.backup({ source: folder.at('source') });
    assert.ok(newBytes < 110_000, 'contents are still recognised');
    assert.deepEqual((await again.vault.verify({ readData: true })).errors, []);
    await again.vault.restore({ snapshot: 'latest', target: folder.at('back') });
    assert.deepEqual(await describeTree(folder.at('back')), await describeTree(folder.at('source')));
    // Whoever kept the old key reads what it sealed and nothing after it.
    assert.equal((await made.vault.snapshots()).snapshots.length, 1);
    assert.equal((await made.vault.snapshots()).damaged.length, 1);
  });

  it('can be repeated, and prune and copy work across keys', async () => {
    await using folder = await createTestFolder();
    await using made = await createMemoryVault({ passphrase });
    for (const round of [1, 2, 3]) {
      await using current = await reopenMemoryVault({ ...made, passphrase });
      await writeTree(folder.at('source'), { [`file ${round}`]: randomBytes(30_000) });
      made.clock.pass(DAY);
      await current.vault.backup({ source: folder.at('source') });
      await rotateVaultKey(accessTo(made));
    }
    await using last = await reopenMemoryVault({ ...made, passphrase });
    await last.vault.forget({ keep: { last: 2 } });
    await last.vault.prune();
    assert.deepEqual((await last.vault.verify({ readData: true })).errors, []);
    await using other = await createMemoryVault({ passphrase: 'other' });
    assert.equal((await last.vault.copyTo(other.vault)).copied.length, 2);
  });

  it('that was interrupted leaves a repository that opens, and is done by doing it again', async () => {
    await using made = await createMemoryVault({ passphrase });
    let writes = 0;
    made.storage.beforeWrite = (key) => {
      if (key.startsWith('config') && ++writes === 2) throw new Error('killed');
    };
    await assert.rejects(rotateVaultKey(accessTo(made)), { message: 'killed' });
    made.storage.beforeWrite = () => undefined;
    await using again = await reopenMemoryVault({ ...made, passphrase });
    assert.deepEqual(
      (await again.vault.verify()).notes.map(({ code }) => code),
      ['vault.config-differs'],
    );
    await rotateVaultKey(accessTo(made));
    await using done = await reopenMemoryVault({ ...made, passphrase });
    assert.deepEqual((await done.vault.verify()).notes, []);
  });
});
