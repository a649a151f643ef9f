import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '#kernel/clock';
import { MIB } from '#kernel/units';

import { createBandwidthLimit } from './bandwidth-limit.ts';
import type { TransferProgress } from './progress-meter.ts';
import { createDownloadKit, randomFile, sha256Of } from './testing/download-kit.ts';
import { type Behave, startFaultServer } from './testing/fault-server.ts';

const big = randomFile(24 * MIB + 4321);
const small = randomFile(300_000);

interface Ended {
  readonly requests: number;
  readonly sent: number;
  readonly retries: number;
}

/** Downloads `file` from a server that behaves so, and checks every byte. */
async function endsRight(file: Buffer, behave: Behave, withHash = false): Promise<Ended> {
  await using server = await startFaultServer(file, behave);
  await using kit = await createDownloadKit();
  const expected = withHash ? { hashes: { SHA256: sha256Of(file) } } : {};
  await using staged = await kit.download(`${server.origin}/file`, { expected, idleTimeoutMs: 400 });
  assert.equal(staged.hashes.SHA256, sha256Of(file));
  await staged.commit();
  assert.deepEqual(await kit.names(), ['model.bin']);
  assert.equal(sha256Of(await kit.read('model.bin')), sha256Of(file));
  return { requests: server.requests.length, sent: server.sentBytes, retries: staged.retries };
}

describe('downloadFile', () => {
  it('fetches a large file in ranges over several connections, hardly a byte twice', async () => {
    const { requests, sent } = await endsRight(big, () => ({}));
    assert.ok(requests >= 4);
    // On a machine so busy that every connection seems late, others take over what it still had to fetch.
    assert.ok(sent < 2 * big.length, `${sent} bytes sent`);
  });

  it('fetches a small file with one request', async () => {
    assert.equal((await endsRight(small, () => ({}))).requests, 1);
  });

  it('fetches an empty file', async () => {
    await endsRight(Buffer.alloc(0), () => ({}));
    await endsRight(Buffer.alloc(0), () => ({ ignoreRange: true }));
  });

  it('takes one stream from a server that ignores ranges', async () => {
    assert.equal((await endsRight(big, () => ({ ignoreRange: true }))).requests, 1);
  });

  it('takes a stream of unannounced length', async () => {
    await endsRight(small, () => ({ ignoreRange: true, contentLength: null }));
  });

  it('goes on where the connection broke, fetching nothing again', async () => {
    const { sent } = await endsRight(big, (_, hit) => (hit <= 6 ? { cutAfter: 2 * MIB } : {}));
    // What a cut leaves in socket buffers may be lost: it never reached us.
    assert.ok(sent < big.length + 6 * 2 * MIB, `${sent} bytes sent`);
  });

  it('begins again cleanly when a stream without ranges breaks', async () => {
    await endsRight(big, (_, hit) => ({ ignoreRange: true, ...(hit <= 2 && { cutAfter: 5 * MIB }) }));
  });

  it('gives up a connection that stalls, or trickles, and goes on with another', async () => {
    await endsRight(big, (_, hit) => (hit <= 2 ? { stallAfter: MIB } : {}));
    await endsRight(small, (_, hit) => (hit === 1 ? { bytesPerSecond: 50 } : {}));
  });

  it('outlasts a server in trouble', async () => {
    for (const status of [429, 500, 503, 522]) {
      const ended = await endsRight(small, (_, hit) => (hit <= 2 ? { status, headers: { 'retry-after': '0' } } : {}));
      assert.equal(ended.retries, 2);
    }
    assert.equal((await endsRight(small, () => ({}))).retries, 0);
  });

  it('uses fewer connections when the server refuses more', async () => {
    let open = 0;
    await endsRight(big, (request) => {
      open += 1;
      setTimeout(() => (open -= 1), 30).unref();
      return open > 2 && request.range?.[0] !== 0 ? { status: 503 } : { bytesPerSecond: 100 * MIB };
    });
  });

  it('never joins pieces of two versions of a file', async () => {
    const next = randomFile(big.length);
    await using server = await startFaultServer(big, (_, hit) =>
      hit <= 2 ? { cutAfter: 3 * MIB, etag: '"old"' } : { body: next, etag: '"new"' },
    );
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${server.origin}/file`);
    assert.equal(staged.hashes.SHA256, sha256Of(next));
  });

  it('does not depend on the server honouring If-Range for that', async () => {
    const next = randomFile(big.length);
    await using server = await startFaultServer(big, (_, hit) =>
      hit <= 2 ? { cutAfter: 3 * MIB, etag: '"old"' } : { body: next, etag: '"new"', ignoreIfRange: true },
    );
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${server.origin}/file`);
    assert.equal(staged.hashes.SHA256, sha256Of(next));
  });

  it('joins no pieces when nothing tells whether they belong together', async () => {
    assert.equal((await endsRight(big, () => ({ etag: null }))).requests, 2);
    assert.ok((await endsRight(big, () => ({ etag: null }), true)).requests >= 4, 'a published hash tells');
  });

  it('does not trust a server that answers another range than asked', async () => {
    // The start of the file under its true name, as long as what was asked for (gopeed#1460).
    await endsRight(big, ({ range: [start = 0, end = big.length] = [] }) =>
      start > 0 ? { contentRange: `bytes 0-${end - start - 1}/${big.length}`, sendFromStart: true } : {},
    );
    await endsRight(big, (request) => (request.range?.[0] ? { contentRange: `bytes 0-99/${big.length}` } : {}));
    await endsRight(big, (request) => (request.range ? { contentRange: 'bytes 5-9/*' } : {}));
  });

  it('fetches once more in one stream when ranges carried wrong bytes under right headers', async () => {
    await endsRight(big, (request) => (request.range ? { sendFromStart: true } : {}), true);
  });

  it('fetches once more when a bit was flipped on the way', async () => {
    await using server = await startFaultServer(big, (_, hit) => (hit <= 4 ? { flipByte: 1000 } : {}));
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${server.origin}/file`, {
      expected: { hashes: { SHA256: sha256Of(big) } },
    });
    assert.equal(staged.refetched, true);
    assert.equal(staged.verifiedBy, 'SHA256');
    await staged.commit();
    assert.deepEqual(await kit.names(), ['model.bin']);
  });

  it('survives a source that changes with every request', async () => {
    await using server = await startFaultServer(big, (_, hit) => ({ etag: `"${hit}"` }));
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${server.origin}/file`);
    assert.equal(staged.hashes.SHA256, sha256Of(big));
  });

  it('stays within its bandwidth', async () => {
    await using server = await startFaultServer(small);
    await using kit = await createDownloadKit();
    const bandwidth = createBandwidthLimit(1_000_000, systemClock);
    await using staged = await kit.download(`${server.origin}/file`, { bandwidth });
    assert.ok(staged.seconds > 0.2, `${staged.seconds} s for 0.3 s worth of bytes`);
  });

  it('reports progress that only grows and ends verified', async () => {
    const reports: TransferProgress[] = [];
    // More than a second by four connections: several reports, also where the machine has other things to do.
    await using server = await startFaultServer(big, () => ({ bytesPerSecond: 5 * MIB }));
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${server.origin}/file`, { onProgress: (report) => reports.push(report) });
    const counts = reports.map((report) => report.receivedBytes);
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => a - b),
    );
    assert.equal(reports.at(-1)?.phase, 'verified');
    assert.equal(reports.at(-1)?.receivedBytes, staged.sizeBytes);
    assert.equal(reports.at(-1)?.totalBytes, big.length);
    assert.ok(reports.some(({ bytesPerSecond, etaSeconds }) => bytesPerSecond > 0 && etaSeconds !== undefined));
    assert.ok(reports.some(({ connections }) => connections >= 3));
  });

  it('tells the name the server proposes', async () => {
    const headers = { 'content-disposition': "attachment; filename*=UTF-8''%E9%9C%8A.pt" };
    await using server = await startFaultServer(small, () => ({ headers }));
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${server.origin}/file`);
    assert.equal(staged.serverFileName, '霊.pt');
  });
});
