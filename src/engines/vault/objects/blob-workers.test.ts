import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { systemRandom } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { createBlobCodec } from '../format/blob.ts';
import { openSealed, readSealed } from '../format/content.ts';
import { createMemoryStorage } from '../testing/memory-storage.ts';
import { createInlineSession } from './blob-session.ts';
import { loadBlobStore } from './blob-store.ts';
import { createBlobWorkers } from './blob-workers.ts';

const child = fileURLToPath(new URL('../testing/stop-workers-child.ts', import.meta.url));

const keys = { vaultId: new Uint8Array(16), secret: { id: new Uint8Array(32), content: [new Uint8Array(32).fill(1)] } };

/** Numbers of two bytes like those of weights. */
function weights(bytes: number, seed: number): Uint8Array {
  const numbers = Float32Array.from({ length: bytes / 2 }, (_, at) => Math.sin(at * at + seed) * Math.cos(at) * 0.1);
  const halves = new Uint16Array(numbers.buffer);
  return new Uint8Array(Uint16Array.from({ length: bytes / 2 }, (_, at) => halves[2 * at + 1] ?? 0).buffer);
}

describe('blob workers', () => {
  it('open numbers one after the other, whoever the memory they come in belongs to', async () => {
    const codec = createBlobCodec(keys, systemRandom);
    await using workers = createBlobWorkers(keys, 1);
    using session = workers.session({ digest: false });
    for (const [index, isPooled] of [false, false, true, false, true, true].entries()) {
      const plain = weights(MIB, index);
      const id = codec.idOf(plain);
      const stored = codec.seal('chunk', id, plain);
      assert.equal(stored[7], 2);
      const sealed = isPooled ? workers.memory.take(stored.byteLength) : new Uint8Array(stored.byteLength);
      sealed.set(stored);
      const opened = await session.open('chunk', id, sealed);
      assert.ok(Buffer.from(opened).equals(plain), `chunk ${index}`);
      session.release(opened);
    }
  });

  it('give the memory of damaged chunks back', async () => {
    const codec = createBlobCodec(keys, systemRandom);
    await using workers = createBlobWorkers(keys, 1);
    using session = workers.session({ digest: false });
    const { memory } = workers;
    const [plain, other] = [weights(MIB, 1), weights(MIB, 2)];
    const stored = codec.seal('chunk', codec.idOf(other), plain);
    for (let round = 0; round < 20; round++) {
      const sealed = memory.take(stored.byteLength);
      assert.ok(memory.contains(sealed), `round ${round}`);
      sealed.set(stored);
      await assert.rejects(session.open('chunk', codec.idOf(other), sealed), isKuraError);
    }
  });

  it('lose no memory to chunks that are missing or damaged, which this thread opens', async () => {
    const codec = createBlobCodec(keys, systemRandom);
    await using workers = createBlobWorkers(keys, 1);
    const { memory } = workers;
    using session = createInlineSession(codec);
    const store = await loadBlobStore(createMemoryStorage(), codec);
    const { signal } = new AbortController();
    const id = codec.idOf(Buffer.from('nowhere'));
    for (let round = 0; round < 70; round++) {
      await assert.rejects(readSealed(memory, store, { id, storedBytes: 1000 }, signal), isKuraError);
      const sealed = memory.take(1000).fill(round);
      assert.ok(memory.contains(sealed), `round ${round}`);
      await assert.rejects(openSealed({ session, memory }, id, sealed), isKuraError);
    }
  });

  it('end before the process does, whatever their threads still have to say', async () => {
    for (const busyMs of [0, 1, 5, 20]) {
      // A process that ends while it waits for its threads has exit code 13, and execFile rejects.
      const { stdout } = await promisify(execFile)(process.execPath, [child, String(busyMs)]);
      assert.equal(stdout, 'stopped\n');
    }
  });
});
