/** The vault on an S3 server. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { createS3Storage, s3Place } from '#adapters/s3-storage';
import { systemClock } from '#kernel/clock';
import type { KuraError } from '#kernel/errors';
import { DAY, MIB } from '#kernel/units';
import { createOutboundClient, createStorageEgress, openEgress } from '#platform/outbound';
import { type S3Server, s3Credentials, startS3 } from '#stand-ins/s3';
import { startTcpRelay, type TcpRelay } from '#stand-ins/tcp-relay';

import { collected } from '../../src/engines/vault/testing/vault-fixture.ts';
import {
  type ConnectedStorage,
  connectionKit,
  vaultStorageKit,
} from '../../src/engines/vault/testing/vault-storage-kit.ts';

let server: S3Server;
let relay: TcpRelay;
before(async () => {
  server = await startS3();
  relay = await startTcpRelay(server.port);
});
after(async () => {
  await relay[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

let made = 0;
const outbound = createOutboundClient(openEgress);
after(() => outbound[Symbol.asyncDispose]());

function open(query = '', credentials = s3Credentials) {
  made += 1;
  const place = s3Place(`s3:http://127.0.0.1:${relay.port}/${server.bucket}/repo%20${made}/deep${query}`);
  return createS3Storage({ place, credentials, outbound, clock: systemClock, pageSize: 20, firstPauseMs: 10 });
}

async function create(): Promise<ConnectedStorage> {
  return { storage: open(), cut: () => relay.cut(), async [Symbol.asyncDispose]() {} };
}
vaultStorageKit('an S3 server', create);
connectionKit('an S3 server', create);

describe('the vault on an S3 server', () => {
  it('sends large values in parts, and ends the parts of what failed', async () => {
    const storage = open();
    server.seen.length = 0;
    await storage.write('objects/ab/large', Buffer.alloc(17 * MIB));
    const parts = server.seen.filter((line) => line.includes('partNumber='));
    assert.equal(parts.length, 2);
    server.seen.length = 0;
    server.failures.push(undefined, 403);
    await assert.rejects(storage.write('objects/ab/second', Buffer.alloc(17 * MIB)));
    await storage.discardUnfinished();
    assert.deepEqual(await collected(storage.list('')), [{ key: 'objects/ab/large', size: 17 * MIB }]);
  });

  it('tries again when the server is busy, and gives up on a refusal', async () => {
    const storage = open();
    server.failures.push(503, 500);
    await storage.write('config', Buffer.from('kept'));
    assert.equal(Buffer.from(await storage.read('config')).toString(), 'kept');
    const stranger = open('', { accessKeyId: 'S3RVER', secretAccessKey: 'wrong' });
    const refused = { kind: 'forbidden', code: 'vault.storage-refused' };
    await assert.rejects(stranger.write('config', Buffer.from('x')), (error: KuraError) => {
      assert.deepEqual({ kind: error.kind, code: error.code }, refused);
      assert.equal(error.params['reason'], 'SignatureDoesNotMatch');
      return true;
    });
  });

  it('locks what it writes, except the locks of writers, and says until when', async () => {
    const storage = open('?lock-days=30');
    for (const key of ['objects/ab/one', 'locks/one']) await storage.write(key, Buffer.from('x'));
    await storage.write('objects/ab/large', Buffer.alloc(9 * MIB));
    server.seen.length = 0;
    for (const key of ['objects/ab/one', 'objects/ab/large']) {
      await assert.rejects(storage.remove(key), (error: KuraError) => {
        assert.deepEqual([error.kind, error.code], ['refused', 'vault.object-retained']);
        const days = (Date.parse(String(error.params['until'])) - Date.now()) / DAY;
        assert.ok(days > 29.9 && days < 30.1, String(days));
        return true;
      });
    }
    assert.deepEqual(
      server.seen.filter((line) => line.startsWith('DELETE')),
      [],
      'the store is not even asked',
    );
    await storage.remove('locks/one');
    assert.equal((await collected(storage.list(''))).length, 2);
  });

  it('has the store itself say whether a locked value can be deleted', async () => {
    const value = Buffer.from('probe');
    server.seen.length = 0;
    assert.equal(await open('?lock-days=30').refusesRemoval?.('probes/locked', value), true);
    assert.equal(await open().refusesRemoval?.('probes/free', value), false);
    assert.equal(server.seen.filter((line) => line.startsWith('DELETE')).length, 2, 'it was asked');
  });

  it('reaches this machine only where the configuration says so', async () => {
    await using strict = createOutboundClient(createStorageEgress([]));
    const place = s3Place(`s3:http://127.0.0.1:${relay.port}/backups`);
    const storage = createS3Storage({ place, credentials: s3Credentials, outbound: strict, clock: systemClock });
    await assert.rejects(storage.read('config'), { kind: 'refused', code: 'outbound.refused' });
  });
});
