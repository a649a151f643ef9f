/** The vault on a real OpenSSH server. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { createSftpStorage, type SftpStorage, sftpPlace } from '#adapters/sftp-storage';
import type { KuraError } from '#kernel/errors';
import { createStorageEgress, openEgress } from '#platform/outbound';
import { unlessInstalled } from '#stand-ins/child-server';
import { type SshdServer, sshdProgram, startSshd } from '#stand-ins/sshd';
import { startTcpRelay, type TcpRelay } from '#stand-ins/tcp-relay';

import {
  type ConnectedStorage,
  connectionKit,
  vaultStorageKit,
} from '../../src/engines/vault/testing/vault-storage-kit.ts';

const skip = unlessInstalled('OpenSSH server', sshdProgram());

describe('the vault over SFTP', { skip }, () => {
  let server: SshdServer;
  let relay: TcpRelay;
  before(async () => {
    server = await startSshd();
    relay = await startTcpRelay(server.port);
  });
  after(async () => {
    await relay[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  let made = 0;
  function open(
    options: { readonly hostKey?: string; readonly privateKey?: string; readonly egress?: typeof openEgress } = {},
  ) {
    made += 1;
    const { hostKey = server.hostKey, privateKey = server.privateKey, egress = openEgress } = options;
    const query = hostKey === '' ? '' : `?host-key=${hostKey}`;
    const place = sftpPlace(`sftp://${server.user}@127.0.0.1:${relay.port}${server.folder}/new/repo-${made}${query}`);
    return createSftpStorage({ place, credentials: { privateKey }, egress });
  }

  async function codeOf(storage: SftpStorage): Promise<readonly unknown[]> {
    await using _ = storage;
    return await storage.read('config').then(
      () => [],
      (error: KuraError) => [error.kind, error.code, error.params['seen']],
    );
  }

  async function create(): Promise<ConnectedStorage> {
    const storage = open();
    return { storage, cut: () => relay.cut(), [Symbol.asyncDispose]: () => storage[Symbol.asyncDispose]() };
  }
  vaultStorageKit('an OpenSSH server', create);
  connectionKit('an OpenSSH server', create);

  it('demands that the key of the host is known, and says which one it showed', async () => {
    assert.deepEqual(await codeOf(open({ hostKey: '' })), ['refused', 'sftp.host-key-unknown', server.hostKey]);
    const other = `SHA256:${'A'.repeat(43)}`;
    assert.deepEqual(await codeOf(open({ hostKey: other })), ['refused', 'sftp.host-key-changed', server.hostKey]);
  });

  it('tells a login that is refused from a key that is none and a server that is not there', async () => {
    await using stranger = await startSshd();
    assert.deepEqual((await codeOf(open({ privateKey: stranger.privateKey }))).slice(0, 2), [
      'forbidden',
      'vault.storage-refused',
    ]);
    assert.deepEqual((await codeOf(open({ privateKey: 'no key' }))).slice(0, 2), ['invalid', 'sftp.private-key']);
    const strict = createStorageEgress([]);
    assert.deepEqual((await codeOf(open({ egress: strict }))).slice(0, 2), ['refused', 'outbound.refused']);
  });

  it('says when it may only read', async () => {
    await using readOnly = await startSshd({ readOnly: true });
    const place = sftpPlace(
      `sftp://${readOnly.user}@127.0.0.1:${readOnly.port}${readOnly.folder}?host-key=${readOnly.hostKey}`,
    );
    await using storage = createSftpStorage({
      place,
      credentials: { privateKey: readOnly.privateKey },
      egress: openEgress,
    });
    await assert.rejects(storage.write('config', Buffer.from('x')), {
      kind: 'forbidden',
      code: 'vault.storage-refused',
    });
    await assert.rejects(storage.read('config'), { code: 'vault.object-missing' });
    assert.ok(((await storage.freeBytes()) ?? 0) > 0);
  });
});
