import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock, systemRandom } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { HOUR } from '#kernel/units';

import { createHostPauses } from './host-pauses.ts';
import { createDownloadKit, randomFile } from './testing/download-kit.ts';
import { startFaultServer } from './testing/fault-server.ts';

const never = new AbortController().signal;

function refusal(retryAfterMs?: number): KuraError {
  return new KuraError('limit', 'transfer.rate-limited', retryAfterMs === undefined ? {} : { retryAfterMs });
}

describe('the pauses that hosts ask for', () => {
  it('hold everybody back, then let one go first until the host has answered', async () => {
    const pauses = createHostPauses({ clock: systemClock, firstMs: 60 });
    pauses.refused('a', refusal());
    const startedAt = performance.now();
    const passed: number[] = [];
    const waits = [1, 2, 3].map(async (one) => {
      await pauses.pass('a', never);
      passed.push(one);
    });
    await pauses.pass('b', never);
    assert.deepEqual(passed, []);
    await Promise.race(waits);
    assert.ok(performance.now() - startedAt >= 55);
    assert.equal(passed.length, 1);
    pauses.answered('a');
    await Promise.all(waits);
    assert.equal(passed.length, 3);
  });

  it('are refused at once when nobody would sit them out, in the words of the host', async () => {
    const pauses = createHostPauses({ clock: systemClock });
    pauses.refused('a', new KuraError('limit', 'civitai.download-quota', { retryAfterMs: HOUR }));
    await assert.rejects(pauses.pass('a', never), (error: KuraError) => {
      assert.deepEqual([error.code, (error.retryAfterMs ?? 0) > 0.99 * HOUR], ['civitai.download-quota', true]);
      return true;
    });
  });

  it('end with the signal', async () => {
    const pauses = createHostPauses({ clock: systemClock });
    pauses.refused('a', refusal());
    await assert.rejects(pauses.pass('a', AbortSignal.timeout(20)), { name: 'AbortError' });
  });

  it('are one wait for all who were refused together, and then every file comes', async () => {
    const file = randomFile(100_000);
    await using server = await startFaultServer(file, (_, hit) => (hit <= 6 ? { status: 429 } : {}));
    const pauses = createHostPauses({ clock: systemClock, firstMs: 40 });
    const kits = await Promise.all(Array.from({ length: 6 }, (_, index) => createDownloadKit(`file-${index}`)));
    const first = await Promise.allSettled(
      kits.map(async (kit) => {
        await using staged = await kit.download(`${server.origin}/x`, {}, { hostPauses: pauses });
        return staged.sizeBytes;
      }),
    );
    for (const kit of kits) await kit[Symbol.asyncDispose]();
    assert.deepEqual(
      first.map((one) => (one.status === 'fulfilled' ? one.value : one.reason)),
      kits.map(() => file.length),
    );
    assert.equal(server.requests.length, 12);
  });

  it('leave a wait that the host names to the one clock of all', async () => {
    const file = randomFile(1000);
    await using server = await startFaultServer(file, (_, hit) =>
      hit === 1 ? { status: 429, headers: { 'retry-after': '3600' } } : {},
    );
    const pauses = createHostPauses({ clock: systemClock });
    await using kit = await createDownloadKit();
    const deps = { hostPauses: pauses, clock: systemClock, random: systemRandom };
    for (let round = 0; round < 3; round += 1) {
      await assert.rejects(kit.download(`${server.origin}/x`, {}, deps), { code: 'transfer.rate-limited' });
    }
    assert.equal(server.requests.length, 1);
  });
});
