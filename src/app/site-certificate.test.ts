import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { createServer } from 'node:tls';

import { DAY } from '#kernel/units';
import { loadConfig } from '#platform/config';
import { createMetrics } from '#platform/metrics';
import { localhostCertificate, localhostKey } from '#stand-ins/tls-house';

import { certificateEnds } from './shown-certificate.ts';
import { siteCertificateProbes } from './site-certificate.ts';

const { signal } = new AbortController();

describe('the probe of the site’s certificate', () => {
  async function looked(host: string, now: number, port?: number) {
    await using server = await secureServer(host);
    const metrics = createMetrics();
    const publicUrl = `https://${host}:${port ?? server.port}`;
    const clock = { now: () => now, monotonic: () => 0 };
    const [probe] = siteCertificateProbes({ clock, metrics, publicUrl });
    const result = await (probe ?? assert.fail('no probe')).run(signal);
    const line = /^kura_site_certificate_expires_timestamp_seconds\{.*$/m.exec(await metrics.render())?.[0];
    return [result.state, result.detail, line];
  }

  it('says until when it holds, in a metric too, and warns three weeks before and of another name', async () => {
    const end = Date.UTC(2120, 0, 1);
    const metric = `kura_site_certificate_expires_timestamp_seconds{host="127.0.0.1"} ${end / 1000}`;
    const until = '127.0.0.1: certificate until 2120-01-01';
    assert.deepEqual(await looked('127.0.0.1', end - 21 * DAY), ['ok', until, metric]);
    assert.deepEqual(await looked('127.0.0.1', end - 21 * DAY + 1), ['degraded', until, metric]);
    assert.deepEqual(await looked('127.0.0.1', end + DAY), ['degraded', until, metric]);
    const [state, detail] = await looked('127.0.0.2', end - 90 * DAY);
    assert.deepEqual([state, detail], ['degraded', '127.0.0.2: the certificate is for another name, until 2120-01-01']);
  });

  it('claims nothing of what it could not see, and looks at nothing where there is no TLS', async () => {
    const none = ['ok', '127.0.0.1: not known, outbound.unreachable', undefined];
    assert.deepEqual(await looked('127.0.0.1', 0, 1), none);
    const deps = { clock: { now: () => 0, monotonic: () => 0 }, metrics: createMetrics() };
    for (const publicUrl of [undefined, 'http://localhost:8888']) {
      assert.deepEqual(siteCertificateProbes({ ...deps, publicUrl }), []);
    }
  });
});

describe('the end of a storage’s certificate', () => {
  it('is asked where the storage itself may be asked, and nowhere else', async () => {
    await using server = await secureServer('127.0.0.1');
    async function seen(hosts: string): Promise<number | undefined> {
      const { config } = loadConfig({ home: '/none', environment: { KURA_BACKUPS_HOSTS: hosts } });
      return await certificateEnds(config)(`s3:https://127.0.0.1:${server.port}/bucket`, signal);
    }
    assert.deepEqual([await seen(''), server.visits()], [undefined, 0]);
    assert.deepEqual([await seen('127.0.0.1'), server.visits()], [Date.UTC(2120, 0, 1), 1]);
  });
});

async function secureServer(host: string) {
  let visits = 0;
  const server = createServer({ cert: localhostCertificate, key: localhostKey });
  server.on('connection', () => (visits += 1));
  server.on('tlsClientError', () => undefined);
  server.on('secureConnection', (socket) => socket.on('error', () => undefined));
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, visits: () => visits, [Symbol.asyncDispose]: async () => void server.close() };
}
