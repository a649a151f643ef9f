import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { parseStorageCredentials, storageLogin } from './storage-credentials.ts';

const all = {
  's3://store.example/backups': { accessKeyId: 'a', secretAccessKey: 'b' },
  's3://store.example/backups/mine/': { accessKeyId: 'c', secretAccessKey: 'd' },
  'sftp://me@nas:22': { password: 'p' },
};

describe('logins of storages', () => {
  it('serve the addresses below theirs, the nearest first', () => {
    assert.equal(storageLogin(all, 's3://store.example/backups/library')?.accessKeyId, 'a');
    assert.equal(storageLogin(all, 's3://store.example/backups/mine/x')?.accessKeyId, 'c');
    assert.equal(storageLogin(all, 's3://store.example/backups')?.accessKeyId, 'a');
  });

  it('go to no other place that begins with the same letters', () => {
    for (const address of ['s3://store.example/backups2', 's3://store.example.evil/backups', 'sftp://me@nas:222/x']) {
      assert.equal(storageLogin(all, address), undefined, address);
    }
  });

  it('are refused as a whole when anything in them is not understood', () => {
    assert.deepEqual(parseStorageCredentials(JSON.stringify(all)), all);
    for (const text of ['', '[]', '{"x":{"pasword":"p"}}', '{"x":"p"}']) {
      assert.equal(parseStorageCredentials(text), undefined, text);
    }
  });
});
