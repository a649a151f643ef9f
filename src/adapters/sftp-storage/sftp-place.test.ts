import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { sftpPlace } from './sftp-place.ts';

const key = `SHA256:${'a+/'.repeat(14)}b`;

describe('sftpPlace', () => {
  it('reads user, host, folder and host keys, whose plus signs are meant', () => {
    const place = sftpPlace(`sftp://me@nas.example.org:2222/srv/my%20backups/?host-key=${key},${key}=`);
    assert.deepEqual(
      [place.user, place.host, place.port, place.folder, place.hostKeys, place.location],
      ['me', 'nas.example.org', 2222, '/srv/my backups', [key, key], 'sftp://me@nas.example.org:2222/srv/my%20backups'],
    );
    assert.equal(sftpPlace('sftp://me@[::1]/~/kura').folder, 'kura');
    assert.deepEqual([sftpPlace('sftp://me@[::1]/~/kura').host, sftpPlace('sftp://me@h/x').port], ['::1', 22]);
  });

  it('refuses what it does not understand, and does not repeat a password', () => {
    for (const address of [
      'sftp://nas/x',
      'sftp://me@nas',
      'sftp://me@nas/a/..%2f..%2fetc',
      'sftp://me:secret@nas/x',
      'sftp://me@nas/x?host-key=md5:aa',
      'sftp://me@nas/x?hostkey=a',
    ]) {
      assert.throws(
        () => sftpPlace(address),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, 'sftp.address', address);
          assert.doesNotMatch(error.message, /secret/);
          return true;
        },
      );
    }
  });
});
