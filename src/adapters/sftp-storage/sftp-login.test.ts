import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';

import ssh2 from 'ssh2';

import type { KuraError } from '#kernel/errors';
import { openEgress } from '#platform/outbound';

import { sftpPlace } from './sftp-place.ts';
import { createSftpStorage } from './sftp-storage.ts';

const hostKey = ssh2.utils.generateKeyPairSync('ed25519');
const fingerprint = createHash('sha256')
  .update(Buffer.from(hostKey.public.split(' ')[1] ?? '', 'base64'))
  .digest('base64');

describe('a login by password', () => {
  it('is let in with the right one, and told of the wrong one', async () => {
    const seen: string[] = [];
    // It knows logins only: whoever is let in finds no SFTP behind the door.
    const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (client) => {
      client.on('error', () => undefined);
      client.on('authentication', (attempt) => {
        if (attempt.method !== 'password') return attempt.reject(['password']);
        seen.push(attempt.username);
        if (attempt.password === 'right') attempt.accept();
        else attempt.reject(['password']);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const place = sftpPlace(`sftp://me@127.0.0.1:${port}/x?host-key=SHA256:${fingerprint}`);
    try {
      for (const [password, reason] of [
        ['wrong', 'login'],
        ['right', 'no SFTP'],
      ] as const) {
        await using storage = createSftpStorage({ place, credentials: { password }, egress: openEgress });
        await assert.rejects(storage.read('config'), (error: KuraError) => {
          assert.equal(error.code, 'vault.storage-refused', String(error));
          assert.equal(error.params['reason'], reason);
          return true;
        });
      }
      assert.deepEqual(seen, ['me', 'me']);
    } finally {
      server.close();
    }
  });
});
