import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { KuraError } from '#kernel/errors';

import { GunzippedBody } from './gunzipped-body.ts';
import { StreamBody } from './stream-body.ts';
import { TransferFault } from './transfer-fault.ts';

const file = randomBytes(300_000);
const verdict = new KuraError('unavailable', 'transfer.encoded');

function decoding(gzip: Buffer): GunzippedBody {
  const pieces = Array.from({ length: 10 }, (_, index) => gzip.subarray(index * 40_000, (index + 1) * 40_000));
  return new GunzippedBody(new StreamBody(Readable.from(pieces.filter(({ length }) => length > 0))), verdict);
}

async function read(body: GunzippedBody): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for (let chunk = await body.chunk(); chunk; chunk = await body.chunk()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('GunzippedBody', () => {
  it('gives the bytes that were packed', async () => {
    assert.ok((await read(decoding(gzipSync(file)))).equals(file));
  });

  it('is no file when the stream breaks off, a bit is wrong or it is no gzip at all', async () => {
    const gzip = gzipSync(file);
    const flipped = Buffer.from(gzip);
    flipped[150_000] = (flipped[150_000] ?? 0) ^ 4;
    for (const damaged of [gzip.subarray(0, -1), gzip.subarray(0, 100_000), flipped, file]) {
      await assert.rejects(
        () => read(decoding(damaged)),
        (error: unknown) => error instanceof TransferFault && error.verdict === verdict,
      );
    }
  });

  it('passes on why the line broke', async () => {
    const broken = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    const source = new Readable({ read: () => undefined });
    source.push(gzipSync(file).subarray(0, 1000));
    const body = new GunzippedBody(new StreamBody(source), verdict);
    const reading = read(body);
    source.destroy(broken);
    await assert.rejects(reading, broken);
  });

  it('closes the answer when it is closed', () => {
    const source = new Readable({ read: () => undefined });
    const body = new GunzippedBody(new StreamBody(source), verdict);
    body.close();
    assert.ok(source.destroyed);
  });
});
