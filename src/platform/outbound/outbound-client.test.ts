import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';

import { startConnectProxy } from '#stand-ins/connect-proxy';

import { createEgressPolicy, openEgress } from './egress-policy.ts';
import { createOutboundClient } from './outbound-client.ts';

const server = createServer((request, response) => {
  if (request.url === '/big') response.end('x'.repeat(5000));
  else response.writeHead(302, { location: '/elsewhere' }).end('moved');
});
let base = '';
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => void server.close());

function get(url: string) {
  return { method: 'GET', url, headers: {}, maxBodyBytes: 1000, signal: new AbortController().signal };
}

describe('createOutboundClient', () => {
  it('brings redirects back as answers', async () => {
    await using client = createOutboundClient(openEgress);
    const answer = await client.send(get(base));
    assert.equal(answer.status, 302);
    assert.equal(answer.headers['location'], '/elsewhere');
  });

  it('stops reading at the limit', async () => {
    await using client = createOutboundClient(openEgress);
    await assert.rejects(client.send(get(`${base}/big`)), /outbound.too-large/);
  });

  it('says which host is unreachable', async () => {
    await using client = createOutboundClient(openEgress);
    await assert.rejects(
      client.send(get('http://127.0.0.1:1/')),
      /outbound.unreachable \(host: 127.0.0.1:1, reason: ECONNREFUSED\)/,
    );
  });

  it('goes through the proxy of the house, and says what that refuses', async () => {
    await using proxy = await startConnectProxy({ login: 'me:s3cret' });
    const address = `http://me:s3cret@127.0.0.1:${proxy.port}`;
    await using client = createOutboundClient(openEgress, { proxy: { http: address } });
    assert.equal((await client.send(get(base))).status, 302);
    assert.deepEqual(proxy.seen, [`GET ${base}/`]);
    await using stranger = createOutboundClient(openEgress, { proxy: { http: proxy.url } });
    await assert.rejects(stranger.send(get(base)), { code: 'transfer.proxy-login' });
  });

  it('asks no proxy for what it refuses itself: this machine, metadata services, private networks', async () => {
    await using proxy = await startConnectProxy();
    const policy = createEgressPolicy([new URL('https://civitai.com')]);
    const network = { proxy: { http: proxy.url, https: proxy.url } };
    // Addresses alone, should a rule about schemes and names ever be wider.
    for (const egress of [policy, { ...policy, checkUrl: () => undefined }]) {
      await using client = createOutboundClient(egress, network);
      for (const host of ['169.254.169.254', '[::ffff:169.254.169.254]', '0xa9fea9fe', '[fd00:ec2::254]', '10.0.0.1']) {
        for (const scheme of ['http', 'https']) {
          await assert.rejects(
            client.send(get(`${scheme}://${host}/latest`)),
            /outbound\.refused/,
            `${scheme} ${host}`,
          );
        }
      }
    }
    assert.deepEqual(proxy.seen, []);
  });

  it('refuses loopback, also behind a name, unless the configuration names such a host', async () => {
    await using strict = createOutboundClient(createEgressPolicy([new URL('https://civitai.com')]));
    const port = new URL(base).port;
    await assert.rejects(strict.send(get(base)), /outbound.refused/);
    await assert.rejects(strict.send(get(`https://localhost:${port}/`)), /outbound.refused/);
    await assert.rejects(strict.send(get(`https://[::ffff:127.0.0.1]:${port}/`)), /outbound.refused/);
    const policy = createEgressPolicy([new URL('https://civitai.com')]);
    await using byAddress = createOutboundClient({ ...policy, checkUrl: () => undefined });
    await assert.rejects(byAddress.send(get(`http://localhost:${port}/`)), /outbound.refused.*localhost \((?:127|::1)/);
    await using configured = createOutboundClient(createEgressPolicy([new URL(base)]));
    assert.equal((await configured.send(get(base))).status, 302);
  });
});
