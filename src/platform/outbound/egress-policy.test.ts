import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createEgressPolicy } from './egress-policy.ts';

const site = new URL('https://civitai.com');
const strict = createEgressPolicy([site]);
const refused = { code: 'outbound.refused' };

/** As attackers write them; the parser of URLs makes plain addresses of most. */
const hostile = `
  127.0.0.1 127.1 2130706433 0x7f.1 0x7f000001 0177.0.0.1 017700000001 127.0.0.1. ①②⑦.0.0.1 127。0。0。1 0 0.0.0.0
  10.0.0.1 100.64.0.1 172.16.5.4 172.31.255.255 192.168.1.1 192.0.0.192 198.18.0.1 224.0.0.1 255.255.255.255 240.0.0.1
  169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 168.63.129.16 100.100.100.200
  [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:169.254.169.254] [0:0:0:0:0:ffff:a00:1] [::127.0.0.1] [::7f00:1]
  [fd00:ec2::254] [fc00::1] [fe80::1] [fec0::1] [ff02::1] [64:ff9b::a9fe:a9fe] [64:ff9b::10.0.0.1] [64:ff9b:1::1]
  [2002:7f00:1::] [2002:a9fe:a9fe::1] [2001::1] [::ffff:0:127.0.0.1] [100::1]
  localhost LOCALHOST localhost. a.localhost metadata router nas.local printer.lan metadata.google.internal
`
  .trim()
  .split(/\s+/);

describe('the egress policy', () => {
  it('refuses this machine, private networks and metadata services, however they are written', () => {
    for (const host of hostile) assert.throws(() => strict.checkUrl(new URL(`https://${host}/`)), refused, host);
  });

  it('refuses a public name that resolves to any of them', () => {
    for (const host of hostile) {
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
    for (const address of ['127.0.0.1', '169.254.169.254', 'fd00:ec2::254']) {
      assert.throws(() => mirror.checkAddress(address, { hostname: 'nas.local' }), refused, address);
    }
  });
});
