import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createEgressPolicy } from './egress-policy.ts';
import { hostileHosts, metadataAddresses } from './testing/hostile-hosts.ts';

const site = new URL('https://civitai.com');
const strict = createEgressPolicy([site]);
const refused = { code: 'outbound.refused' };

describe('the egress policy', () => {
  it('refuses this machine, private networks and metadata services, however they are written', () => {
    for (const host of hostileHosts) assert.throws(() => strict.checkUrl(new URL(`https://${host}/`)), refused, host);
  });

  it('refuses a public name that resolves to any of them', () => {
    for (const host of hostileHosts) {
      const address = new URL(`https://${host}/`).hostname.replace(/^\[|\]$/g, '');
      if (!/^[\d.]+$|:/.test(address)) continue;
      assert.throws(() => strict.checkAddress(address, { hostname: 'cdn.example.com' }), refused, host);
    }
    assert.throws(() => strict.checkAddress('fe80::1%eth0', { hostname: 'cdn.example.com' }), refused);
    assert.throws(() => strict.checkAddress('no address', { hostname: 'cdn.example.com' }), refused);
  });

  it('lets public addresses through', () => {
    for (const host of ['8.8.8.8', '[2606:4700::1111]', '[64:ff9b::8.8.8.8]', '[2002:808:808::1]', 'cdn.example.com']) {
      strict.checkUrl(new URL(`https://${host}/`));
    }
    strict.checkAddress('172.32.0.1', { hostname: 'cdn.example.com' });
    strict.checkAddress('::ffff:8.8.8.8', { hostname: 'cdn.example.com' });
  });

  it('takes https only, and http where the configuration itself says http', () => {
    for (const url of ['http://civitai.com/', 'ftp://civitai.com/', 'file:///etc/passwd', 'gopher://civitai.com/']) {
      assert.throws(() => strict.checkUrl(new URL(url)), refused, url);
    }
    const plain = createEgressPolicy([new URL('http://mirror.example.com')]);
    plain.checkUrl(new URL('http://mirror.example.com/model'));
    assert.throws(() => plain.checkUrl(new URL('http://elsewhere.example.com/')), refused);
  });

  it('opens what the configuration names, and nothing beyond it', () => {
    const simulator = createEgressPolicy([new URL('http://127.0.0.1:8080')]);
    simulator.checkUrl(new URL('http://127.0.0.1:9999/'));
    simulator.checkAddress('::1', { hostname: 'localhost' });
    for (const host of ['10.0.0.1', '169.254.169.254', '[fd00:ec2::254]', '0.0.0.0', 'router']) {
      assert.throws(() => simulator.checkUrl(new URL(`http://${host}/`)), refused, host);
    }
    const mirror = createEgressPolicy([new URL('http://nas.local:8080')]);
    mirror.checkUrl(new URL('http://nas.local:8080/'));
    mirror.checkAddress('192.168.1.20', { hostname: 'nas.local' });
    for (const address of ['127.0.0.1', ...metadataAddresses]) {
      assert.throws(() => mirror.checkAddress(address, { hostname: 'nas.local' }), refused, address);
    }
  });
});
