import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import type { TransferDeps, TransferRequest } from '#engines/transfer';
import { MIB } from '#kernel/units';
import {
  type Ask,
  type FaultProxyOptions,
  type Misbehaviour,
  seededContent,
  startFaultProxy,
} from '#stand-ins/fault-proxy';
import { houseAuthority, localhostCertificate, localhostKey } from '#stand-ins/tls-house';

import { attempt, type Outcome } from './transfer/attempt.ts';

const content = seededContent('over the network', 20 * MIB + 99);
const tls = { key: localhostKey, cert: localhostCertificate };
const ofTheHouse = { network: { ca: houseAuthority } };

describe('downloadFile over a network that fails', () => {
  let folder = '';
  let count = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-network-faults-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function fetchFrom(
    url: string,
    request: Partial<TransferRequest> = {},
    deps: Partial<TransferDeps> = {},
  ): Promise<Outcome> {
    count += 1;
    const target = join(folder, String(count), 'model.bin');
    const expected = { sizeBytes: content.size, hashes: { SHA256: content.sha256 } };
    return attempt({ request: { source: { url }, target, expected, ...request }, deps, right: [content.sha256] });
  }

  async function fetchWith(
    options: Partial<FaultProxyOptions>,
    request: Partial<TransferRequest> = {},
    deps: Partial<TransferDeps> = {},
  ): Promise<Outcome> {
    await using proxy = await startFaultProxy({ content, ...options });
    return await fetchFrom(`${proxy.origin}/file/1`, request, deps);
  }

  it('sends nothing to a host whose certificate nobody vouches for, and says so', async () => {
    await using proxy = await startFaultProxy({ content, tls });
    const outcome = await fetchFrom(`${proxy.origin}/file/1`);
    assert.equal(outcome.end, 'loud');
    assert.equal(outcome.code, 'transfer.untrusted');
    assert.equal(proxy.asks.length, 0);
  });

  it('takes a certificate of the house, and goes on after handshakes that are cut', async () => {
    const outcome = await fetchWith({ tls, cutHandshake: (connection) => connection <= 2 }, {}, ofTheHouse);
    assert.equal(outcome.end, 'right');
  });

  it('goes on after bodies that are cut inside TLS', async () => {
    assert.equal((await fetchWith({ tls, behave: resetThrice }, {}, ofTheHouse)).end, 'right');
  });

  it('gives up where every handshake is cut', async () => {
    const outcome = await fetchWith({ tls, cutHandshake: () => true }, {}, ofTheHouse);
    assert.equal(outcome.end === 'loud' && outcome.code, 'transfer.connection-lost');
  });

  it('says which name nobody knows, and leaves nothing behind', async () => {
    const outcome = await fetchFrom('http://no-such-host.invalid/model.bin');
    assert.ok(outcome.end === 'loud' && outcome.code === 'transfer.connection-lost');
    assert.match(String(outcome.error.params['reason']), /no-such-host\.invalid/);
    assert.deepEqual(await readdir(join(folder, String(count))), []);
  });

  it('gives up where nobody listens', async () => {
    const outcome = await fetchFrom(`http://127.0.0.1:${await deadPort()}/file/1`);
    assert.equal(outcome.end === 'loud' && outcome.code, 'transfer.connection-lost');
  });

  for (const by of ['503', 'reset'] as const) {
    it(`gets by with the two connections that a host allows, though it would use eight (others: ${by})`, async () => {
      const connectionLimit = { count: 2, by };
      // As long as real ones: those that are refused must not use up the attempts of those that bring bytes.
      const retry = { baseMs: 100, capMs: 1000 };
      const options = { connectionLimit, behave: () => ({ bytesPerSecond: 20 * MIB }) };
      const outcome = await fetchWith(options, { connections: 8, idleTimeoutMs: 5000, retry });
      assert.equal(outcome.end, 'right', JSON.stringify(outcome));
    });
  }

  it('asks the counted address once, with eight connections', async () => {
    await using proxy = await startFaultProxy({ content, behave: () => ({ bytesPerSecond: 20 * MIB }) });
    const outcome = await fetchFrom(`${proxy.origin}/api/download/1`, { connections: 8 });
    assert.equal(outcome.end, 'right');
    assert.equal(proxy.count('api'), 1);
  });

  it('asks for a new address once for all connections when the signed one has run out', async () => {
    await using proxy = await startFaultProxy({
      content,
      signedForMs: 400,
      // Every piece is cut a few times, so that the address is needed again when it has run out.
      behave: ({ route }) => (route === 'file' ? { bytesPerSecond: 8 * MIB, end: { after: MIB, how: 'close' } } : {}),
    });
    const started = performance.now();
    const outcome = await fetchFrom(`${proxy.origin}/api/download/1`, { connections: 4, idleTimeoutMs: 5000 });
    const seconds = (performance.now() - started) / 1000;
    assert.equal(outcome.end, 'right', JSON.stringify(outcome));
    const needed = Math.ceil(seconds / 0.4);
    assert.ok(proxy.count('api') >= 2 && proxy.count('api') <= needed + 1, `${proxy.count('api')} in ${seconds} s`);
  });
});

function resetThrice({ hit }: Ask): Misbehaviour {
  return hit <= 3 ? { end: { after: hit * MIB + 7, how: 'reset' } } : {};
}

/** A port that was free a moment ago. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 9;
}
