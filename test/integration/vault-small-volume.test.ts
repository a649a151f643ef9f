/** Vault storages on a volume of its own that gets full, turns read-only, and goes away. */
import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';

import { createSftpStorage, sftpPlace } from '#adapters/sftp-storage';
import { createLocalDiskStorage, type VaultStorage } from '#engines/vault';
import { MIB } from '#kernel/units';
import { openEgress } from '#platform/outbound';
import { unlessInstalled } from '#stand-ins/child-server';
import { sshdProgram, startSshd } from '#stand-ins/sshd';

import { collected } from '../../src/engines/vault/testing/vault-fixture.ts';
import { mountSmallVolume, type SmallVolume } from './transfer/small-volume.ts';

const kept = { key: 'objects/ab/kept', size: 3 * MIB };
const full = { kind: 'unavailable', code: 'vault.storage-full' };

async function withVolume(test: TestContext, work: (volume: SmallVolume) => Promise<void>): Promise<void> {
  await using volume = await mountSmallVolume(5 * MIB);
  if (volume === undefined) return test.skip('a volume of its own needs root and mount');
  await work(volume);
}

/** What was there stays, what did not fit leaves nothing behind, and afterwards it goes on. */
async function fillAndGoOn(storage: VaultStorage, volume: SmallVolume, repository: string): Promise<void> {
  await storage.write(kept.key, Buffer.alloc(kept.size, 1));
  await assert.rejects(storage.write('objects/ab/more', Buffer.alloc(3 * MIB, 2)), full);
  assert.deepEqual(await collected(storage.list('')), [kept]);
  assert.deepEqual(await readdir(path.join(repository, 'tmp')), []);
  await volume.resize(10 * MIB);
  await storage.write('objects/ab/more', Buffer.alloc(3 * MIB, 2));
  assert.equal((await storage.read('objects/ab/more')).byteLength, 3 * MIB);
}

describe('a vault on a small volume', () => {
  it('says that the disk is full, keeps what is there, and goes on when there is room', async (test) => {
    await withVolume(test, async (volume) => {
      const folder = path.join(volume.path, 'repo');
      await fillAndGoOn(createLocalDiskStorage({ folder, reserveBytes: 0 }), volume, folder);
    });
  });

  it('says that the disk is read-only, and reads on', async (test) => {
    await withVolume(test, async (volume) => {
      const storage = createLocalDiskStorage({ folder: path.join(volume.path, 'repo'), reserveBytes: 0 });
      await storage.write(kept.key, Buffer.alloc(kept.size, 1));
      await volume.makeReadOnly();
      const refused = { kind: 'conflict', code: 'vault.storage-read-only' };
      await assert.rejects(storage.write('objects/ab/more', Buffer.alloc(1)), refused);
      await assert.rejects(storage.remove(kept.key), refused);
      assert.equal((await storage.read(kept.key)).byteLength, kept.size);
    });
  });

  it('writes nothing into the mount point of a disk that was pulled out', async (test) => {
    await withVolume(test, async (volume) => {
      const storage = createLocalDiskStorage({ folder: volume.path, reserveBytes: 0 });
      await storage.write(kept.key, Buffer.alloc(kept.size, 1));
      await volume.detach();
      await assert.rejects(storage.write('objects/ab/more', Buffer.alloc(1)), { code: 'vault.medium-changed' });
      await assert.rejects(storage.read(kept.key), { code: 'vault.medium-changed' });
      assert.deepEqual(await readdir(volume.path), []);
    });
  });

  it('says the same of a server’s disk', { skip: unlessInstalled('OpenSSH server', sshdProgram()) }, async (test) => {
    await withVolume(test, async (volume) => {
      await using server = await startSshd();
      const repository = path.join(volume.path, 'repo');
      await mkdir(repository);
      const place = sftpPlace(`sftp://${server.user}@127.0.0.1:${server.port}${repository}?host-key=${server.hostKey}`);
      const credentials = { privateKey: server.privateKey };
      await using storage = createSftpStorage({ place, credentials, egress: openEgress });
      await fillAndGoOn(storage, volume, repository);
    });
  });
});
