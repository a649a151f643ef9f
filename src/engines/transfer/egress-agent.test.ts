import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { KuraError } from '#kernel/errors';
import { startConnectProxy } from '#stand-ins/connect-proxy';
import { houseAuthority, localhostCertificate, localhostKey } from '#stand-ins/tls-house';

import type { NetworkOptions } from './network-options.ts';
import { createDownloadKit, randomFile } from './testing/download-kit.ts';

const content = randomFile(300_000);
const secure = createHttpsServer({ cert: localhostCertificate, key: localhostKey }, (_request, response) =>
  response.writeHead(200, { 'content-length': content.length, etag: '"1"' }).end(content),
);
const plain = createHttpServer((request, response) => {
  const location = /\?to=(.+)$/.exec(request.url ?? '')?.[1];
  if (location === undefined) response.writeHead(200, { 'content-length': content.length, etag: '"1"' }).end(content);
  else response.writeHead(302, { location }).end();
});

before(async () => {
  secure.listen(0, '127.0.0.1');
  plain.listen(0, '127.0.0.1');
  await Promise.all([once(secure, 'listening'), once(plain, 'listening')]);
});
after(() => {
  for (const server of [secure, plain]) {
    server.close();
    server.closeAllConnections();
  }
});

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}

async function fetchWith(url: string, network: NetworkOptions): Promise<Buffer> {
  await using kit = await createDownloadKit();
  await using staged = await kit.download(url, { retry: { attempts: 2, baseMs: 1, capMs: 2 } }, { network });
  await staged.commit();
  return await kit.read('model.bin');
}

function secureUrl(): string {
  return `https://localhost:${portOf(secure)}/model.bin`;
}

function plainUrl(host = '127.0.0.1'): string {
  return `http://${host}:${portOf(plain)}/model.bin`;
}

describe('a download with network options', () => {
  it('trusts the authority of the house only when it is given', async () => {
    await assert.rejects(fetchWith(secureUrl(), {}), /certificate/);
    assert.deepEqual(await fetchWith(secureUrl(), { ca: houseAuthority }), content);
  });

  it('goes through the proxy, by a tunnel for https and by forwarding for http', async () => {
    await using proxy = await startConnectProxy({ login: 'me:s3cret' });
    const address = `http://me:s3cret@127.0.0.1:${proxy.port}`;
    const network = { ca: houseAuthority, proxy: { https: address, http: address } };
    assert.deepEqual(await fetchWith(secureUrl(), network), content);
    assert.deepEqual(await fetchWith(plainUrl(), network), content);
    assert.deepEqual(
      [...new Set(proxy.seen)],
      [`CONNECT localhost:${portOf(secure)}`, `GET http://127.0.0.1:${portOf(plain)}/model.bin`],
    );
  });

  it('follows no redirect to a refused address through the proxy, which is not even asked', async () => {
    const policy = {
      checkUrl: () => undefined,
      checkAddress(address: string) {
        if (address !== '127.0.0.1') throw new KuraError('refused', 'test.refused', { params: { address } });
      },
    };
    await using proxy = await startConnectProxy();
    const network = { proxy: { https: proxy.url, http: proxy.url } };
    for (const host of ['169.254.169.254', '[::ffff:a9fe:a9fe]', '2852039166']) {
      const address = `http://127.0.0.1:${portOf(plain)}/away?to=http://${host}/latest`;
      await using kit = await createDownloadKit();
      await assert.rejects(kit.download(address, {}, { network, egress: policy }), { code: 'test.refused' }, host);
    }
    assert.ok(proxy.seen.length > 0 && proxy.seen.every((line) => line.startsWith('GET http://127.0.0.1:')));
  });

  it('does not verify less because a proxy stands in between', async () => {
    await using proxy = await startConnectProxy();
    await assert.rejects(fetchWith(secureUrl(), { proxy: { https: proxy.url } }), /certificate/);
  });

  it('reaches excepted hosts without the proxy', async () => {
    await using proxy = await startConnectProxy();
    const network = { proxy: { http: proxy.url, except: `example.org,127.0.0.1:${portOf(plain)}` } };
    assert.deepEqual(await fetchWith(plainUrl(), network), content);
    assert.deepEqual(proxy.seen, []);
  });

  it('says what the proxy refuses, with a password or without', async () => {
    await using closed = await startConnectProxy({ login: 'me:s3cret' });
    await using strict = await startConnectProxy({ refuseWith: 403 });
    for (const url of [secureUrl(), plainUrl()]) {
      const network = { ca: houseAuthority, proxy: { https: closed.url, http: closed.url } };
      await assert.rejects(fetchWith(url, network), { code: 'transfer.proxy-login' });
    }
    const network = { ca: houseAuthority, proxy: { https: strict.url } };
    await assert.rejects(fetchWith(secureUrl(), network), { code: 'transfer.proxy-refused' });
    assert.equal(strict.seen.length, 1);
  });

  it('tries again when the proxy cannot reach the place', async () => {
    await using proxy = await startConnectProxy({ refuseWith: 503 });
    const network = { ca: houseAuthority, proxy: { https: proxy.url } };
    await assert.rejects(fetchWith(secureUrl(), network), { code: 'transfer.connection-lost' });
    assert.equal(proxy.seen.length, 2);
  });

  it('keeps to the address family that was asked for', async () => {
    assert.deepEqual(await fetchWith(plainUrl('localhost'), { family: 4 }), content);
    await assert.rejects(
      fetchWith(plainUrl('localhost'), { family: 6 }),
      /ECONNREFUSED|ENOTFOUND|EADDRNOTAVAIL|connection/,
    );
  });
});
