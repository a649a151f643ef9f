import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { namesOf } from '#platform/config';

import { createHttpMirrors } from './http-mirrors.ts';

const sha256 = 'AB'.repeat(32);

function addressesOf(text: string, name: string): readonly string[] {
  return createHttpMirrors(namesOf(text)).map((mirror) => mirror.address({ sha256, name }).url);
}

describe('http mirrors', () => {
  it('fill hash and name into addresses, in the order they were named', () => {
    assert.deepEqual(addressesOf('http://nas.lan:8000/{sha256}, https://b.example/m/{name}?h={sha256}', '水 墨.pt'), [
      `http://nas.lan:8000/${sha256.toLowerCase()}`,
      `https://b.example/m/${encodeURIComponent('水 墨.pt')}?h=${sha256.toLowerCase()}`,
    ]);
  });

  it('ask the machine that was named, whatever a stranger calls a file', () => {
    for (const name of ['..', '../../x', '//evil.example/x', '@evil.example', '$&{sha256}', '#', '?a=b', '%2e%2e']) {
      const [address = ''] = addressesOf('http://nas.lan/models/{name}', name);
      const url = new URL(address);
      assert.equal(url.host, 'nas.lan', name);
      assert.match(url.pathname, /^\/models\/[^/]+$/, name);
      assert.deepEqual([url.search, url.hash], ['', ''], name);
    }
  });

  it('may stand in the house, and lead nowhere else in it', async () => {
    const [mirror] = createHttpMirrors(['http://nas.lan:8000/{sha256}']);
    await mirror?.egress.checkUrl(new URL('http://nas.lan:8000/x'));
    mirror?.egress.checkAddress?.('192.168.1.20', { hostname: 'nas.lan' });
    mirror?.egress.checkAddress?.('8.8.8.8', { hostname: 'cdn.example.com' });
    assert.throws(() => mirror?.egress.checkUrl(new URL('http://cdn.example.com/x')), { code: 'outbound.refused' });
    assert.throws(() => mirror?.egress.checkAddress?.('192.168.1.1', { hostname: 'router.lan' }), {
      code: 'outbound.refused',
    });
    assert.throws(() => mirror?.egress.checkAddress?.('169.254.169.254', { hostname: 'nas.lan' }), {
      code: 'outbound.refused',
    });
  });
});
