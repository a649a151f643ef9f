/** The vault behind rclone: a remote that renames, and one that encrypts. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { createRcloneStorage, type RcloneStorage, rclonePlace } from '#adapters/rclone-storage';
import { systemRandom } from '#kernel/clock';
import { unlessInstalled } from '#stand-ins/child-server';

import { createTestFolder, type TestFolder } from '../../src/engines/vault/testing/vault-fixture.ts';
import { vaultStorageKit } from '../../src/engines/vault/testing/vault-storage-kit.ts';

const folders = (process.env['PATH'] ?? '').split(path.delimiter);
const program = folders.map((folder) => path.join(folder, 'rclone')).find((file) => existsSync(file));

describe('the vault behind rclone', { skip: unlessInstalled('rclone', program) }, () => {
  let folder: TestFolder;
  before(async () => {
    folder = await createTestFolder();
    // `obscure` of "test": the name and content of what is stored are unreadable in the folder.
    const crypt = '[crypt]\ntype = crypt\nremote = store:sealed\npassword = F7iXhuKAzOtaNvFhL-gJtBTuK0s';
    await writeFile(folder.at('rclone.conf'), `[store]\ntype = alias\nremote = ${folder.at('data')}\n${crypt}\n`);
  });
  after(async () => {
    await folder[Symbol.asyncDispose]();
  });

  let made = 0;
  function open(address: string): RcloneStorage {
    const environment = { PATH: process.env['PATH'], RCLONE_CONFIG: folder.at('rclone.conf') };
    return createRcloneStorage({ place: rclonePlace(address), random: systemRandom, environment });
  }

  vaultStorageKit(
    'rclone',
    async () => {
      made += 1;
      const storage = open(`rclone:store:repo ${made}`);
      return { storage, [Symbol.asyncDispose]: () => storage[Symbol.asyncDispose]() };
    },
    { replacesAtomically: false, creates: false },
  );

  it('works through a remote that encrypts', async () => {
    await using storage = open('rclone:crypt:');
    await storage.write('objects/ab/one', Buffer.from('sealed'));
    const part = await storage.read('objects/ab/one', { range: { offset: 1, length: 3 } });
    assert.equal(Buffer.from(part).toString(), 'eal');
    assert.equal(existsSync(folder.at('data/sealed/objects')), false);
  });

  it('says that a remote is unknown', async () => {
    await using unknown = open('rclone:nowhere:x');
    await assert.rejects(unknown.write('config', Buffer.from('x')), {
      kind: 'not-found',
      code: 'rclone.remote-unknown',
    });
  });
});
