import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createStorageEgress } from './storage-egress.ts';
import { metadataAddresses, metadataUrls } from './testing/hostile-hosts.ts';

const egress = createStorageEgress(['nas.example.org', '192.168.1.7', 'localhost']);
const refused = { code: 'outbound.refused' };

describe('createStorageEgress', () => {
  it('reaches public servers, over TLS only', () => {
    egress.checkUrl(new URL('https://s3.example.com'));
    egress.checkAddress('203.0.114.1', { hostname: 's3.example.com' });
    assert.throws(() => egress.checkUrl(new URL('http://s3.example.com')), refused);
  });

  it('reaches this machine and the house only by names that the configuration knows', () => {
    egress.checkUrl(new URL('http://nas.example.org:9000'));
    egress.checkAddress('192.168.1.9', { hostname: 'nas.example.org' });
    egress.checkAddress('192.168.1.7', { hostname: '192.168.1.7' });
    egress.checkAddress('127.0.0.1', { hostname: 'LOCALHOST' });
    for (const [address, hostname] of [
      ['192.168.1.9', 'elsewhere.example.org'],
      ['192.168.1.8', '192.168.1.8'],
      ['127.0.0.1', 'nas.example.com'],
      ['::1', 'evil.example.com'],
    ] as const) {
      assert.throws(() => egress.checkAddress(address, { hostname }), refused, hostname);
    }
  });

  it('never reaches metadata services, whatever name leads there', () => {
    for (const address of metadataAddresses) {
      assert.throws(() => egress.checkAddress(address, { hostname: 'nas.example.org' }), refused, address);
    }
    for (const url of metadataUrls) assert.throws(() => egress.checkUrl(url), refused, url.href);
  });
});
