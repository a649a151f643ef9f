import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { systemRandom } from '#kernel/clock';
import type { Database } from '#platform/db';
import type { Actor } from '#platform/unit-of-work';
import { createTestPlatform, writeMigrations } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import {
  createStoredSecrets,
  finishMasterKeyChange,
  newMasterKey,
  openSecrets,
  renewMasterKey,
  secretsMigrations,
} from './index.ts';

const admin: Actor = { kind: 'user', id: 'admin', name: 'admin' };

forEachDatabase((databases) => {
  describe('a change of the master key', () => {
    let database: Database;
    let folder: string;
    before(async () => {
      database = await databases.open([...writeMigrations, ...secretsMigrations]);
      folder = await mkdtemp(join(tmpdir(), 'kura-secrets-'));
    });
    after(async () => {
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    });

    async function open(configured?: string) {
      const storedSecrets = await createStoredSecrets({ folder, configured, random: systemRandom });
      const platform = createTestPlatform(database, {});
      const secrets = await openSecrets({ ...platform, random: systemRandom, master: () => storedSecrets.master() });
      return { storedSecrets, secrets };
    }
    async function fileText(): Promise<string> {
      return (await readFile(join(folder, 'civitai.token'), 'utf8')).trim();
    }

    it('seals what stood in the clear, and leaves nothing sealed anew', async () => {
      await writeFile(join(folder, 'civitai.token'), 'abc\n', { mode: 0o600 });
      const holder = await open();
      assert.deepEqual(await holder.storedSecrets.inTheClear(), ['civitai.token']);
      assert.equal(await holder.storedSecrets.sealAll(), 1);
      assert.equal((await stat(join(folder, 'civitai.token'))).mode & 0o777, 0o600);
      const [sealed, first] = [holder.secrets.seal('t/1', 'one'), await fileText()];
      const change = await renewMasterKey(holder, admin, systemRandom);
      assert.equal(change.storedSecrets, 1);
      assert.equal((await fileText()).split('.')[1], first.split('.')[1]);
      const later = await open();
      assert.equal(later.storedSecrets.master().id, change.masterId);
      assert.equal(await later.secrets.open('t/1', sealed), 'one');
      assert.equal(later.storedSecrets.open('civitai.token', await fileText()), 'abc');
    });

    it('that was interrupted anywhere is finished at the next start', async () => {
      for (const step of ['written', 'database', 'files'] as const) {
        const { secrets, storedSecrets } = await open();
        const sealed = secrets.seal('t/2', step);
        const from = [storedSecrets.master()];
        await storedSecrets.writePendingMaster(newMasterKey(systemRandom));
        const to = storedSecrets.pendingMaster();
        assert.ok(to);
        if (step !== 'written') await secrets.rewrap(admin, { from, to });
        if (step === 'files') await storedSecrets.rewrap({ from, to });
        const next = await open();
        assert.equal((await finishMasterKeyChange(next, admin))?.masterId, to.id);
        const later = await open();
        assert.equal(await later.secrets.open('t/2', sealed), step);
        assert.equal(later.storedSecrets.open('civitai.token', await fileText()), 'abc');
        assert.equal(await finishMasterKeyChange(later, admin), undefined);
      }
    });

    it('happens by itself where a key is configured, and cannot be asked for there', async () => {
      const sealed = (await open()).secrets.seal('t/3', 'three');
      const configured = newMasterKey(systemRandom);
      const holder = await open(configured);
      await assert.rejects(holder.secrets.open('t/3', sealed), { code: 'secrets.key-missing' });
      await finishMasterKeyChange(holder, admin);
      assert.equal(await (await open(configured)).secrets.open('t/3', sealed), 'three');
      assert.equal(holder.storedSecrets.open('civitai.token', await fileText()), 'abc');
      await assert.rejects(renewMasterKey(holder, admin, systemRandom), { code: 'secrets.master-key-configured' });
    });
  });
});
