import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

import type { TransferRequest } from '#engines/transfer';
import { systemClock } from '#kernel/clock';
import { DAY, MIB } from '#kernel/units';
import { type FaultProxy, seededContent, startFaultProxy } from '#stand-ins/fault-proxy';

import { attempt, downloadUnjudged, sha256OfFile } from './transfer/attempt.ts';
import { mountSmallVolume, type SmallVolume } from './transfer/small-volume.ts';

const content = seededContent('on the disk', 20 * MIB + 3);
const right = [content.sha256];
const child = fileURLToPath(new URL('../../src/engines/transfer/testing/download-child.ts', import.meta.url));

describe('downloadFile on a disk that fails', () => {
  let folder = '';
  let target = '';
  let proxy: FaultProxy;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-disk-faults-'));
    target = join(folder, 'models', 'model.bin');
    proxy = await startFaultProxy({ content, behave: () => ({ bytesPerSecond: 10 * MIB }) });
  });
  afterEach(async () => {
    await proxy[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  function request(more: Partial<TransferRequest> = {}): TransferRequest {
    const expected = { sizeBytes: content.size, hashes: { SHA256: content.sha256 } };
    return { source: { url: `${proxy.origin}/file/1` }, target, expected, idleTimeoutMs: 10_000, ...more };
  }

  /** Does `harm` once, when bytes have begun to arrive. */
  function meanwhile(harm: () => Promise<void>): { request: TransferRequest; done: () => Promise<void> } {
    let harming: Promise<void> | undefined;
    return {
      request: request({
        onProgress: ({ receivedBytes }) => {
          if (receivedBytes > 0) harming ??= harm();
        },
      }),
      async done() {
        assert.ok(harming, 'nothing was harmed');
        await harming;
      },
    };
  }

  for (const published of [true, false]) {
    const when = published ? 'with' : 'without';
    it(`never gives the name to another file that took the place of the part, ${when} a published hash`, async () => {
      const harm = meanwhile(async () => {
        await rename(`${target}.part`, `${target}.away`);
        await writeFile(`${target}.part`, Buffer.alloc(content.size, 'x'));
      });
      const wanted = { ...harm.request, ...(!published && { expected: {} }) };
      const outcome = await attempt({ request: wanted, right, strangers: ['model.bin.away'] });
      await harm.done();
      await rm(`${target}.away`);
      if (outcome.end === 'loud') assert.equal((await attempt({ request: request(), right })).end, 'right');
    });
  }

  it('says so when the folder is removed under it, and ends right the next time', async () => {
    const harm = meanwhile(() => rm(join(folder, 'models'), { recursive: true, maxRetries: 10 }));
    const outcome = await attempt({ request: harm.request, right });
    await harm.done();
    assert.equal(outcome.end, 'loud');
    assert.equal((await attempt({ request: request(), right })).end, 'right');
  });

  it('says so when a part of the path is a file', async () => {
    await writeFile(join(folder, 'models'), 'a file');
    const outcome = await attempt({ request: request(), right });
    assert.equal(outcome.end === 'loud' && outcome.code, 'transfer.not-a-folder');
    assert.equal(proxy.asks.length, 0);
  });

  it('says so when the volume is read-only', async (test) => {
    await using volume = await smallVolume(test);
    if (!volume) return;
    await volume.makeReadOnly();
    const outcome = await attempt({ request: request({ target: join(volume.path, 'model.bin') }), right });
    assert.equal(outcome.end === 'loud' && outcome.code, 'kernel.no-permission');
    assert.equal(proxy.asks.length, 0, 'nobody was asked for bytes that have no place');
  });

  it('keeps what is here when the volume is full at any point, and ends right when there is room', async (test) => {
    await using volume = await smallVolume(test);
    if (!volume) return;
    const onVolume = request({ target: join(volume.path, 'model.bin'), reserveBytes: 0 });
    let kept = 0;
    for (const mib of [1, 5, 12, 19]) {
      await volume.resize(mib * MIB);
      const full = await attempt({ request: onVolume, right, deps: { freeBytes: async () => content.size } });
      assert.equal(full.end === 'loud' && full.code, 'kernel.disk-full', `${mib} MiB`);
      kept = mib;
    }
    assert.equal(kept, 19);
    await volume.resize(64 * MIB);
    const outcome = await attempt({ request: onVolume, right });
    assert.equal(outcome.end, 'right');
  });

  it('leaves nothing of a small file for which the volume is too full, and ends right when there is room', async (test) => {
    const small = seededContent('a small one', 700_001);
    await using volume = await smallVolume(test);
    if (!volume) return;
    await using server = await startFaultProxy({ content: small });
    const onVolume = request({
      source: { url: `${server.origin}/file/1` },
      target: join(volume.path, 'small.bin'),
      expected: {},
      reserveBytes: 0,
    });
    await volume.resize(400_000);
    const full = await attempt({ request: onVolume, right: [], deps: { freeBytes: async () => small.size } });
    assert.equal(full.end === 'loud' && full.code, 'kernel.disk-full');
    assert.deepEqual(await readdir(volume.path), []);
    await volume.resize(64 * MIB);
    assert.equal((await attempt({ request: onVolume, right: [small.sha256] })).end, 'right');
  });

  it('asks for no byte that has no room', async (test) => {
    await using volume = await smallVolume(test);
    if (!volume) return;
    const outcome = await attempt({
      request: request({ target: join(volume.path, 'model.bin'), reserveBytes: 0 }),
      right,
    });
    assert.equal(outcome.end === 'loud' && outcome.code, 'transfer.disk-space');
  });

  it('is not led astray by a clock that jumps', async () => {
    let calls = 0;
    const clock = { ...systemClock, now: () => Date.now() + ((calls += 1) % 3) * 400 * DAY - 400 * DAY };
    assert.equal((await attempt({ request: request(), right, deps: { clock } })).end, 'right');
  });

  it('lets one of two write, whether they are in one process or in two', async () => {
    const other = spawn(process.execPath, [child, `${proxy.origin}/file/1`, target], { stdio: 'ignore' });
    const exited = once(other, 'exit');
    // It learns from the first answer that the file is one to lock.
    while (!existsSync(`${target}.part.lock`)) await new Promise(setImmediate);
    const [first, second] = await Promise.all([endOf(request()), endOf(request())]);
    assert.deepEqual([first, second], ['transfer.busy', 'transfer.busy']);
    assert.deepEqual(await exited, [0, null]);
    assert.equal(await sha256OfFile(target), content.sha256);
    await rm(target);
    const ends = await Promise.all([endOf(request()), endOf(request())]);
    assert.deepEqual(ends.toSorted(), ['right', 'transfer.busy']);
    assert.equal(await sha256OfFile(target), content.sha256);
    assert.deepEqual(await readdir(join(folder, 'models')), ['model.bin']);
  });
});

async function smallVolume(test: TestContext): Promise<SmallVolume | undefined> {
  const volume = await mountSmallVolume(8 * MIB);
  if (!volume) test.skip('a volume of its own needs root and mount');
  return volume;
}

/** Of two that meet, the busy one is refused while the other one's files are there: only the end counts. */
async function endOf(request: TransferRequest): Promise<string> {
  const outcome = await downloadUnjudged({ request, right });
  return outcome.end === 'loud' ? outcome.code : 'right';
}
