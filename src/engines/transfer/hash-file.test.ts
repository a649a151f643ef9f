import assert from 'node:assert/strict';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { systemClock } from '#kernel/clock';
import { MIB } from '#kernel/units';

import { createBandwidthLimit } from './bandwidth-limit.ts';
import { allHashNames } from './file-hashes.ts';
import { hashFile } from './hash-file.ts';
import { createHashThread } from './hash-thread.ts';
import { MultiHasher } from './multi-hasher.ts';
import { createDownloadKit, randomFile, sha256Of } from './testing/download-kit.ts';

describe('hashFile', () => {
  it('measures all six hashes and the size', async () => {
    await using kit = await createDownloadKit();
    const file = randomFile(3 * MIB + 5);
    await writeFile(kit.target, file);
    const hasher = new MultiHasher(allHashNames);
    hasher.update(file);
    const counts: number[] = [];
    const hashed = await hashFile(kit.target, { onProgress: (done, total) => counts.push(done / total) });
    assert.deepEqual(hashed, { path: kit.target, sizeBytes: file.length, hashes: hasher.digest() });
    assert.equal(counts.at(-1), 1);
  });

  it('measures many files at once on one thread', async () => {
    await using kit = await createDownloadKit();
    await using thread = createHashThread();
    const files = Array.from({ length: 12 }, (_, index) => randomFile(index * 100_000));
    await Promise.all(files.map((file, index) => writeFile(join(kit.folder, String(index)), file)));
    const hashed = await Promise.all(
      files.map((_, index) => hashFile(join(kit.folder, String(index)), { thread, names: [] })),
    );
    assert.deepEqual(
      hashed.map(({ hashes }) => hashes.SHA256),
      files.map((file) => sha256Of(file)),
    );
  });

  it('reads no faster than it may, and stops when asked to', async () => {
    await using kit = await createDownloadKit();
    const file = randomFile(3 * MIB);
    await writeFile(kit.target, file);
    const startedAt = performance.now();
    const bandwidth = createBandwidthLimit(10 * MIB, systemClock);
    const { hashes } = await hashFile(kit.target, { names: [], bandwidth });
    assert.equal(hashes.SHA256, sha256Of(file));
    // The first block passes at once, each of the others a tenth of a second after the one before.
    assert.ok(performance.now() - startedAt > 190);
    const slow = createBandwidthLimit(1, systemClock);
    await assert.rejects(hashFile(kit.target, { bandwidth: slow, signal: AbortSignal.timeout(50) }), {
      name: 'TimeoutError',
    });
  });

  it('refuses folders and missing files', async () => {
    await using kit = await createDownloadKit();
    await assert.rejects(hashFile(kit.folder), { code: 'transfer.not-a-plain-file' });
    await assert.rejects(hashFile(kit.target), { code: 'ENOENT' });
  });

  it('gives no hashes of a file that was written to meanwhile', async () => {
    await using kit = await createDownloadKit();
    await writeFile(kit.target, randomFile(40 * MIB));
    await using file = await open(kit.target, 'r+');
    let touched: Promise<unknown> | undefined;
    const hashed = hashFile(kit.target, {
      onProgress: () => {
        touched ??= file.write(Buffer.from('x'), 0, 1, 0);
      },
    });
    await assert.rejects(hashed, { code: 'transfer.file-changed' });
    await touched;
  });

  it('stops when told to', async () => {
    await using kit = await createDownloadKit();
    await writeFile(kit.target, randomFile(20 * MIB));
    const stop = new AbortController();
    const hashed = hashFile(kit.target, { signal: stop.signal, onProgress: () => stop.abort() });
    await assert.rejects(hashed, { name: 'AbortError' });
  });
});

describe('HashSession', () => {
  it('follows a file while it grows', async () => {
    await using kit = await createDownloadKit();
    await using thread = createHashThread();
    const content = randomFile(5 * MIB);
    await writeFile(kit.target, '');
    await using file = await open(kit.target, 'r+');
    using session = thread.follow(kit.target, []);
    for (let at = 0; at < content.length; at += MIB) {
      await file.write(content, at, MIB, at);
      session.advance(at + MIB);
    }
    assert.equal((await session.finish(content.length)).SHA256, sha256Of(content));
    assert.equal(session.hashedBytes, content.length);
  });

  it('says so when the file is shorter than it should be, or gone', async () => {
    await using kit = await createDownloadKit();
    await using thread = createHashThread();
    await writeFile(kit.target, 'abc');
    using short = thread.follow(kit.target, []);
    await assert.rejects(short.finish(4), /ends at 3/);
    using gone = thread.follow(join(kit.folder, 'gone'), []);
    await assert.rejects(gone.finish(4), /ENOENT/);
  });

  it('ends unfinished sessions with its thread', async () => {
    await using kit = await createDownloadKit();
    const thread = createHashThread();
    await writeFile(kit.target, randomFile(64 * MIB));
    using session = thread.follow(kit.target, allHashNames);
    const finished = session.finish(64 * MIB);
    await thread[Symbol.asyncDispose]();
    await assert.rejects(finished, { kind: 'interrupted' });
  });
});
