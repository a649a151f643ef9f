import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { openPartFile } from './part-file.ts';
import { createDownloadKit, randomFile, sha256Of } from './testing/download-kit.ts';
import { type Behaviour, startFaultServer } from './testing/fault-server.ts';
import type { TransferDeps, TransferRequest } from './transfer-request.ts';

const file = randomFile(200_000);
const big = randomFile(20 * MIB);

interface Failure {
  readonly error: KuraError;
  readonly names: readonly string[];
  readonly requests: number;
}

async function fails(
  behaviour: Behaviour,
  request: Partial<TransferRequest> = {},
  deps: Partial<TransferDeps> = {},
): Promise<Failure> {
  await using server = await startFaultServer(file, () => behaviour);
  await using kit = await createDownloadKit();
  const error = await kit.download(`${server.origin}/file`, { idleTimeoutMs: 200, ...request }, deps).then(
    () => assert.fail('the download was taken for good'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof KuraError, String(error));
  const names = await kit.names();
  assert.ok(!names.includes('model.bin'), 'nothing may stand under the final name');
  return { error, names, requests: server.requests.length };
}

describe('downloadFile, when it must not succeed,', () => {
  it('writes nothing of a page that came instead of the file', async () => {
    const pages: readonly Behaviour[] = [
      { body: Buffer.from('<!DOCTYPE html><title>Log in</title>'), headers: { 'content-type': 'text/html' } },
      { body: Buffer.from('  <html><body>Just a moment…') },
      { body: Buffer.from('<?xml version="1.0"?><Error><Code>ExpiredRequest</Code></Error>') },
      { body: Buffer.from('{"error":"Unauthorized"}'), headers: { 'content-type': 'application/json' } },
    ];
    for (const page of pages) {
      const { error, names } = await fails(page);
      assert.equal(error.code, 'transfer.not-the-file');
      assert.deepEqual(names, [], 'an empty part has nothing to go on with');
    }
  });

  it('keeps bytes that do not match aside, and says that two downloads agreed', async () => {
    const expected = { hashes: { SHA256: '0'.repeat(64) } };
    const { error, names } = await fails({}, { expected });
    assert.equal(error.kind, 'mismatch');
    assert.equal(error.code, 'transfer.hash-mismatch');
    assert.deepEqual(names, ['model.bin.part.bad']);
    assert.equal(error.params['actual'], sha256Of(file));
    assert.equal(error.params['expected'], '0'.repeat(64));
    assert.equal(error.params['twoAgreed'], true);
  });

  it('keeps what was set aside earlier', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    const expected = { hashes: { SHA256: '0'.repeat(64) } };
    for (const _ of [1, 2]) await assert.rejects(kit.download(`${server.origin}/file`, { expected }));
    assert.deepEqual(await kit.names(), ['model.bin.part.bad', 'model.bin.part.bad-2']);
  });

  it('refuses a source of another length before fetching it, and without a length after', async () => {
    const expected = { sizeBytes: file.length + 1 };
    const { error, requests } = await fails({}, { expected });
    assert.equal(error.code, 'transfer.size-mismatch');
    assert.equal(requests, 2, 'the address is asked for once more');
    assert.equal(
      (await fails({ ignoreRange: true, contentLength: null }, { expected })).error.code,
      'transfer.size-mismatch',
    );
  });

  it('notices a body shorter than announced', async () => {
    const { error } = await fails({ ignoreRange: true, contentLength: file.length + 5000 });
    assert.equal(error.kind, 'unavailable');
  });

  it('tells what the far side said, and asks only as often as it makes sense', async () => {
    const cases = [
      [400, 'transfer.unexpected-status', 1],
      [401, 'transfer.login-required', 1],
      [403, 'transfer.access-denied', 1],
      [404, 'transfer.not-found', 1],
      [410, 'transfer.not-found', 1],
      [451, 'transfer.access-denied', 1],
      [429, 'transfer.rate-limited', 8],
      [500, 'transfer.server-error', 8],
    ] as const;
    for (const [status, code, asked] of cases) {
      const { error, requests } = await fails({ status, text: '{"error":"Nope","message":"because"}' });
      assert.deepEqual([error.code, error.params['reason'], requests], [code, 'because', asked]);
    }
  });

  it('leaves a long Retry-After to the caller', async () => {
    const { error, requests } = await fails({ status: 429, headers: { 'retry-after': '3600' } });
    assert.deepEqual([error.kind, error.retryAfterMs, requests], ['limit', 3_600_000, 1]);
  });

  it('gives up a server that never sends anything', async () => {
    const { error } = await fails({ stallAfter: 0 }, { retry: { attempts: 2, baseMs: 1, capMs: 1 } });
    assert.equal(error.code, 'transfer.stalled');
  });

  it('gives up where nobody listens', async () => {
    await using kit = await createDownloadKit();
    await assert.rejects(kit.download('http://127.0.0.1:9/file', { retry: { baseMs: 1, capMs: 1 } }), {
      code: 'transfer.connection-lost',
    });
  });

  it('refuses an encoding it did not ask for', async () => {
    assert.equal((await fails({ headers: { 'content-encoding': 'gzip' } })).error.code, 'transfer.encoded');
  });

  it('refuses what is larger than allowed, announced or not', async () => {
    const maxBytes = 100_000;
    assert.equal((await fails({}, { maxBytes })).error.code, 'transfer.too-large');
    assert.equal(
      (await fails({ ignoreRange: true, contentLength: null }, { maxBytes })).error.code,
      'transfer.too-large',
    );
  });

  it('asks the disk first', async () => {
    const { error } = await fails({}, { reserveBytes: 1000 }, { freeBytes: async () => file.length + 999 });
    assert.equal(error.code, 'transfer.disk-space');
  });

  it('refuses a published hash that is none before asking anybody', async () => {
    const { error, requests } = await fails({}, { expected: { hashes: { SHA256: 'abc' } } });
    assert.deepEqual([error.code, requests], ['transfer.bad-expected-hash', 0]);
  });

  it('keeps the part when the disk fills up, and goes on when there is room again', async () => {
    await using server = await startFaultServer(big);
    await using kit = await createDownloadKit();
    let room = 12 * MIB;
    const full = kit.download(
      `${server.origin}/file`,
      {},
      {
        async openPart(path) {
          const handle = await openPartFile(path);
          return {
            async writev(buffers, position) {
              const { bytesWritten } = await handle.writev(buffers, position);
              room -= bytesWritten;
              if (room < 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
              return { bytesWritten };
            },
            datasync: () => handle.datasync(),
            truncate: (length) => handle.truncate(length),
            stat: () => handle.stat(),
            close: () => handle.close(),
          };
        },
      },
    );
    await assert.rejects(full, { code: 'kernel.disk-full' });
    await using staged = await kit.download(`${server.origin}/file`);
    assert.ok(staged.resumedFrom > 4 * MIB, `${staged.resumedFrom} bytes kept`);
    assert.equal(staged.hashes.SHA256, sha256Of(big));
  });
});
