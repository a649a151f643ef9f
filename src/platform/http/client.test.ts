import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createClientReader } from './client.ts';

function read(trusted: readonly string[], address: string, headers: Record<string, string>) {
  return createClientReader(trusted)({ address, encrypted: false, headers: { host: 'kura.test', ...headers } });
}

describe('createClientReader', () => {
  it('does not believe forwarding headers of a peer it was not told to trust', () => {
    const forged = {
      'x-forwarded-for': '10.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.test',
    };
    for (const trusted of [[], ['192.0.2.0/24']]) {
      const client = read(trusted, '203.0.113.9', forged);
      assert.deepEqual(
        { ...client, userAgent: '' },
        {
          address: '203.0.113.9',
          secure: false,
          host: 'kura.test',
          userAgent: '',
        },
      );
    }
  });

  it('takes the last address that no trusted proxy has, whatever the client wrote before it', () => {
    const headers = { 'x-forwarded-for': '127.0.0.1, 198.51.100.4, 10.0.0.2', 'x-forwarded-proto': 'https' };
    const client = read(['10.0.0.0/8'], '::ffff:10.0.0.1', headers);
    assert.equal(client.address, '198.51.100.4');
    assert.equal(client.secure, true);
  });

  it('falls back to the proxy itself when what it forwards is no address', () => {
    assert.equal(read(['10.0.0.1'], '10.0.0.1', { 'x-forwarded-for': 'unknown' }).address, '10.0.0.1');
    assert.equal(read(['10.0.0.1'], '10.0.0.1', {}).address, '10.0.0.1');
  });

  it('refuses a proxy that is no network', () => {
    for (const wrong of ['proxy.local', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '']) {
      assert.throws(() => createClientReader([wrong]), RangeError, wrong);
    }
  });
});
