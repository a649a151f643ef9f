import assert from 'node:assert/strict';
import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { MIB } from '#kernel/units';

import { createDownloadKit, type DownloadKit, randomFile, sha256Of } from './testing/download-kit.ts';
import { type Behaviour, type FaultServer, startFaultServer } from './testing/fault-server.ts';
import type { TransferRequest } from './transfer-request.ts';

const file = randomFile(24 * MIB + 99);

/** Interrupts a download of `file` when about a third of it is here. */
async function interrupt(kit: DownloadKit, server: FaultServer, request: Partial<TransferRequest> = {}): Promise<void> {
  const stop = new AbortController();
  const download = kit.download(`${server.origin}/file?token=secret`, {
    ...request,
    signal: stop.signal,
    onProgress: ({ receivedBytes }) => {
      if (receivedBytes > 8 * MIB) stop.abort();
    },
  });
  await assert.rejects(download, { kind: 'interrupted', code: 'transfer.interrupted' });
}

const slowly: Behaviour = { bytesPerSecond: 12 * MIB };

describe('downloadFile, called again after an interruption,', () => {
  it('goes on from what is on disk and fetches only the rest', async () => {
    let behaviour: Behaviour = slowly;
    await using server = await startFaultServer(file, () => behaviour);
    await using kit = await createDownloadKit();
    await interrupt(kit, server);
    assert.deepEqual(await kit.names(), ['model.bin.part', 'model.bin.part.blocks', 'model.bin.part.json']);
    behaviour = {};
    const before = server.sentBytes;
    await using staged = await kit.download(`${server.origin}/other-signature?sig=2`);
    assert.ok(staged.resumedFrom > 6 * MIB, `${staged.resumedFrom} bytes kept`);
    const again = server.sentBytes - before - (file.length - staged.resumedFrom);
    // Of a connection that stalls on a busy machine the last blocks are asked for twice.
    assert.ok(again >= 0 && again <= 4 * MIB, `${again} bytes more than the rest`);
    assert.equal(staged.hashes.SHA256, sha256Of(file));
  });

  it('begins at zero when the file has changed meanwhile', async () => {
    const next = randomFile(file.length);
    let behaviour: Behaviour = slowly;
    await using server = await startFaultServer(file, () => behaviour);
    await using kit = await createDownloadKit();
    await interrupt(kit, server);
    behaviour = { body: next, etag: '"next"' };
    await using staged = await kit.download(`${server.origin}/file`);
    assert.equal(staged.resumedFrom, 0);
    assert.equal(staged.hashes.SHA256, sha256Of(next));
  });

  it('goes on at a mirror when the published SHA-256 and the length are the same', async () => {
    const expected = { hashes: { SHA256: sha256Of(file) } };
    await using server = await startFaultServer(file, () => slowly);
    await using mirror = await startFaultServer(file, () => ({ etag: '"mirror"' }));
    await using kit = await createDownloadKit();
    await interrupt(kit, server, { expected });
    await using staged = await kit.download(`${mirror.origin}/file`, { expected });
    assert.ok(staged.resumedFrom > 6 * MIB, `${staged.resumedFrom} bytes kept`);
    assert.equal(staged.refetched, false);
    assert.equal(staged.hashes.SHA256, expected.hashes.SHA256);
  });

  it('takes nothing over at a mirror when less than a SHA-256 was published', async () => {
    const expected = { hashes: { AutoV2: sha256Of(file).slice(0, 10) } };
    await using server = await startFaultServer(file, () => slowly);
    await using mirror = await startFaultServer(file, () => ({ etag: '"mirror"' }));
    await using kit = await createDownloadKit();
    await interrupt(kit, server, { expected });
    await using staged = await kit.download(`${mirror.origin}/file`, { expected });
    assert.equal(staged.resumedFrom, 0);
    assert.equal(staged.hashes.SHA256, sha256Of(file));
  });

  it('begins at zero when the source no longer has ranges', async () => {
    let behaviour: Behaviour = slowly;
    await using server = await startFaultServer(file, () => behaviour);
    await using kit = await createDownloadKit();
    await interrupt(kit, server);
    behaviour = { ignoreRange: true };
    await using staged = await kit.download(`${server.origin}/file`);
    assert.equal(staged.resumedFrom, 0);
    assert.equal(staged.hashes.SHA256, sha256Of(file));
  });

  it('begins at zero when nothing says that the pieces belong together', async () => {
    let behaviour: Behaviour = { ...slowly, etag: null };
    await using server = await startFaultServer(file, () => behaviour);
    await using kit = await createDownloadKit();
    await interrupt(kit, server, { expected: { hashes: { SHA256: sha256Of(file) } } });
    behaviour = { etag: null };
    await using staged = await kit.download(`${server.origin}/file`);
    assert.equal(staged.resumedFrom, 0);
    assert.equal(staged.hashes.SHA256, sha256Of(file));
  });

  it('begins at zero when part and journal do not belong together', async () => {
    const spoil: readonly ((part: string) => Promise<void>)[] = [
      (part) => truncate(part, 1000),
      (part) => writeFile(`${part}.json`, '{"format":'),
      (part) => writeFile(`${part}.json`, '{"format":"something-else"}'),
    ];
    let behaviour: Behaviour = slowly;
    await using server = await startFaultServer(file, () => behaviour);
    await using kit = await createDownloadKit();
    await interrupt(kit, server);
    behaviour = {};
    const left = await Promise.all((await kit.names()).map(async (name) => [name, await kit.read(name)] as const));
    for (const damage of spoil) {
      for (const [name, content] of left) await writeFile(join(dirname(kit.target), name), content);
      await damage(`${kit.target}.part`);
      await using staged = await kit.download(`${server.origin}/file`);
      assert.equal(staged.resumedFrom, 0);
      assert.equal(staged.hashes.SHA256, sha256Of(file));
    }
  });

  it('finds bytes that were damaged on disk by the published hash, and fetches the file anew', async () => {
    let behaviour: Behaviour = slowly;
    await using server = await startFaultServer(file, () => behaviour);
    await using kit = await createDownloadKit();
    const expected = { hashes: { SHA256: sha256Of(file) } };
    await interrupt(kit, server, { expected });
    const part = await readFile(`${kit.target}.part`);
    part[100] = (part[100] ?? 0) ^ 1;
    await writeFile(`${kit.target}.part`, part);
    behaviour = {};
    await using staged = await kit.download(`${server.origin}/file`, { expected });
    assert.equal(staged.refetched, true);
    assert.equal(staged.hashes.SHA256, sha256Of(file));
  });

  it('fetches nothing when the file was complete but not committed', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    const expected = { hashes: { SHA256: sha256Of(file) } };
    await using first = await kit.download(`${server.origin}/file`, { expected });
    await first[Symbol.asyncDispose]();
    const requests = server.requests.length;
    await using staged = await kit.download(`${server.origin}/file`, { expected });
    assert.equal(staged.resumedFrom, file.length);
    assert.equal(server.requests.length, requests);
  });

  it('asks whether a complete part is still current when no published hash vouches for it', async () => {
    const next = randomFile(file.length);
    let behaviour: Behaviour = {};
    await using server = await startFaultServer(file, () => behaviour);
    await using kit = await createDownloadKit();
    await (await kit.download(`${server.origin}/file`))[Symbol.asyncDispose]();
    const before = server.sentBytes;
    const again = await kit.download(`${server.origin}/file`);
    assert.equal(again.resumedFrom, file.length);
    assert.ok(server.sentBytes - before <= 1);
    await again[Symbol.asyncDispose]();
    behaviour = { body: next, etag: '"next"' };
    await using staged = await kit.download(`${server.origin}/file`);
    assert.equal(staged.hashes.SHA256, sha256Of(next));
  });

  it('cuts off bytes that somebody appended', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    await (await kit.download(`${server.origin}/file`))[Symbol.asyncDispose]();
    await appendFile(`${kit.target}.part`, 'more');
    await using staged = await kit.download(`${server.origin}/file`);
    await staged.commit();
    assert.equal(sha256Of(await kit.read('model.bin')), sha256Of(file));
  });

  it('has no secret in its journal', async () => {
    await using server = await startFaultServer(file, () => slowly);
    await using kit = await createDownloadKit();
    const url = server.origin.replace('http://', 'http://user:password@');
    const stop = new AbortController();
    const download = kit.download(
      { url: `${url}/file?token=secret`, headers: { authorization: 'Bearer secret' } },
      { signal: stop.signal, onProgress: ({ receivedBytes }) => void (receivedBytes > 4 * MIB && stop.abort()) },
    );
    await assert.rejects(download);
    const journal = await readFile(`${kit.target}.part.json`, 'utf8');
    assert.match(journal, /"origin":"http:\/\/127\.0\.0\.1:\d+\/file"/);
    assert.doesNotMatch(journal, /secret|password|user/);
  });
});
