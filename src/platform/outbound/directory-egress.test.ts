import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createDirectoryEgress } from './directory-egress.ts';
import { createProviderEgress } from './provider-egress.ts';
import { metadataAddresses, metadataUrls } from './testing/hostile-hosts.ts';

describe('createDirectoryEgress', () => {
  const egress = createDirectoryEgress(['dc1.example.org', 'localhost']);

  it('lets directories stand in private networks', () => {
    for (const address of [
      '10.0.0.5',
      '192.168.1.2',
      'fd00::7',
      '100.64.0.9',
      '8.8.8.8',
      '2606:4700::1',
      '::ffff:10.0.0.5',
    ]) {
      egress.checkAddress(address, 'dc1.example.org');
    }
  });

  it('refuses addresses where no directory can be, whatever a name resolves to', () => {
    for (const address of [...metadataAddresses, '0.0.0.0', '224.0.0.1', 'fe80::1', 'ff02::1', '::']) {
      assert.throws(() => egress.checkAddress(address, 'dc1.example.org'), { code: 'outbound.refused' }, address);
    }
  });

  it('reaches this machine only where the configuration names it', () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      assert.throws(() => egress.checkAddress(address, 'dc1.example.org'), { code: 'outbound.refused' }, address);
      egress.checkAddress(address, 'localhost');
    }
  });
});

describe('createProviderEgress', () => {
  it('follows what a login provider says about itself to no metadata service', () => {
    const egress = createProviderEgress(new URL('https://login.example.org'));
    egress.checkUrl(new URL('https://192.168.1.2/keys'));
    for (const url of metadataUrls) assert.throws(() => egress.checkUrl(url), { code: 'outbound.refused' }, url.href);
    for (const address of metadataAddresses) {
      assert.throws(
        () => egress.checkAddress(address, { hostname: 'login.example.org' }),
        { code: 'outbound.refused' },
        address,
      );
    }
  });
});
