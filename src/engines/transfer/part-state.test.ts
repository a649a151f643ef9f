import assert from 'node:assert/strict';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { MIB } from '#kernel/units';

import { blockLogPath } from './blocks/block-log.ts';
import { BlockPool } from './blocks/block-pool.ts';
import { createHashThread } from './hash-thread.ts';
import { type OpenPart, openPartFile, type PartHandle } from './part-file.ts';
import { PartState, type PartStateOptions, removePart } from './part-state.ts';
import { recordsOf } from './proven-part.ts';
import { createDownloadKit, randomFile, sha256Of } from './testing/download-kit.ts';

const file = randomFile(5 * MIB + 4097);
const entity = { totalBytes: file.length, validators: { etag: '"1"' } };
const { signal } = new AbortController();
const blocks = new BlockPool(8);
/** No checkpoint by the clock. */
const still = { now: () => 0, monotonic: () => 0 };
const starts = [0, 1, 2, 3, 4, 5].map((index) => index * MIB);

async function withState(
  partPath: string,
  use: (state: PartState) => Promise<void>,
  options: Partial<PartStateOptions> = {},
): Promise<void> {
  await using hashThread = createHashThread();
  await using state = await PartState.open({
    partPath,
    origin: () => 'http://localhost/',
    expected: {},
    hashNames: [],
    hashThread: () => hashThread,
    openPart: openPartFile,
    clock: still,
    signal,
    ...options,
  });
  state.entity ??= entity;
  await use(state);
}

async function put(state: PartState, start: number, from = file): Promise<void> {
  const block = await blocks.take(signal);
  const bytes = from.subarray(start, start + MIB);
  block.bytes.set(bytes);
  await state.write([block], bytes.length, { position: start, isSlow: false });
}

describe('PartState', () => {
  it('hashes blocks that come in any order, from memory or by reading them back', async () => {
    const orders = [starts, starts.toReversed(), [2, 0, 1, 5, 4, 3].map((index) => index * MIB)];
    for (const order of orders) {
      await using kit = await createDownloadKit();
      await withState(`${kit.target}.part`, async (state) => {
        for (const start of order) await put(state, start);
        assert.equal((await state.measure({})).SHA256, sha256Of(file), String(order));
      });
      await using kit2 = await createDownloadKit();
      await withState(`${kit2.target}.part`, async (state) => {
        await Promise.all(order.map((start) => put(state, start)));
        assert.equal((await state.measure({})).SHA256, sha256Of(file), `${order.join()} at once`);
      });
      assert.ok((await readFile(`${kit2.target}.part`)).equals(file));
    }
  });

  it('takes over after a kill what only the block log knows, and nothing that the disk does not hold', async () => {
    await using kit = await createDownloadKit();
    const part = `${kit.target}.part`;
    await withState(part, async (state) => {
      for (const start of starts.slice(0, 4)) await put(state, start);
    });
    const journal: unknown = JSON.parse(await readFile(`${part}.json`, 'utf8'));
    assert.deepEqual((journal as { segments: unknown }).segments, [], 'no checkpoint was made');
    await damage(part, 2 * MIB + 77);
    await withState(part, async (state) => {
      assert.equal(state.resumedBytes, 3 * MIB);
      for (const start of starts.filter((at) => !state.ranges.toArray().some(([from, to]) => from <= at && at < to))) {
        await put(state, start);
      }
      assert.equal((await state.measure({})).SHA256, sha256Of(file));
    });
  });

  it('finds after a power cut which writes never reached the disk', async () => {
    await using kit = await createDownloadKit();
    const part = `${kit.target}.part`;
    await withState(part, async (state) => {
      await put(state, 0);
      await state.flush();
      for (const start of starts.slice(1, 5)) await put(state, start);
    });
    // The log outlived the cut, two of the blocks it speaks of did not: one is a hole, one is torn.
    await using handle = await open(part, 'r+');
    await handle.write(Buffer.alloc(MIB), 0, MIB, 2 * MIB);
    await handle.write(Buffer.alloc(4096), 0, 4096, 4 * MIB - 4096);
    await withState(part, async (state) => {
      assert.deepEqual(state.ranges.toArray(), [
        [0, 2 * MIB],
        [4 * MIB, 5 * MIB],
      ]);
    });
  });

  it('does not believe a log of another download', async () => {
    await using kit = await createDownloadKit();
    await using other = await createDownloadKit();
    for (const target of [kit.target, other.target]) {
      await withState(`${target}.part`, async (state) => {
        await put(state, 0);
        await put(state, MIB);
      });
    }
    await writeFile(blockLogPath(`${kit.target}.part`), await readFile(blockLogPath(`${other.target}.part`)));
    await withState(`${kit.target}.part`, async (state) => assert.equal(state.resumedBytes, 0));
  });

  it('leaves nothing of a version that was given up for the next one to be taken for', async () => {
    await using kit = await createDownloadKit();
    const part = `${kit.target}.part`;
    const next = randomFile(file.length);
    await withState(part, async (state) => {
      for (const start of starts) await put(state, start);
      await state.restart();
      state.entity = entity;
      await put(state, MIB, next);
    });
    await withState(part, async (state) => {
      assert.deepEqual(state.ranges.toArray(), [[MIB, 2 * MIB]]);
    });
  });

  it('writes the ordinary way where the volume has no direct writing, or stops having it', async () => {
    const refusals: readonly PartHandle['writeDirect'][] = [undefined, async () => 0];
    for (const writeDirect of refusals) {
      await using kit = await createDownloadKit();
      await withState(
        `${kit.target}.part`,
        async (state) => {
          for (const start of starts) await put(state, start);
          assert.equal((await state.measure({})).SHA256, sha256Of(file));
        },
        { openPart: ordinary(writeDirect) },
      );
      assert.ok((await readFile(`${kit.target}.part`)).equals(file));
    }
  });

  it('gives the memory back when the disk refuses', async () => {
    await using kit = await createDownloadKit();
    const pool = new BlockPool(1);
    await withState(
      `${kit.target}.part`,
      async (state) => {
        for (let round = 0; round < 3; round += 1) {
          const block = await pool.take(signal);
          await assert.rejects(state.write([block], MIB, { position: round * MIB, isSlow: false }), { code: 'EIO' });
        }
      },
      {
        openPart: ordinary(async () => {
          throw Object.assign(new Error('EIO'), { code: 'EIO' });
        }),
      },
    );
    assert.ok(pool.tryTake());
  });

  it('writes only what differs when everything is fetched once more to compare', async () => {
    await using kit = await createDownloadKit();
    const part = `${kit.target}.part`;
    const wrong = Buffer.from(file);
    wrong[3 * MIB + 5] = (wrong[3 * MIB + 5] ?? 0) ^ 1;
    await withState(part, async (state) => {
      for (const start of starts) await put(state, start, wrong);
      assert.equal((await state.measure({})).SHA256, sha256Of(wrong));
    });
    const written: number[] = [];
    await withState(
      part,
      async (state) => {
        assert.equal(state.occupiedBytes, file.length, 'needs no room for a second copy');
        for (const start of starts) await put(state, start);
        assert.equal((await state.measure({})).SHA256, sha256Of(file));
      },
      { compareWith: await recordsOf(part), openPart: ordinary(undefined, (position) => written.push(position)) },
    );
    assert.deepEqual(written, [3 * MIB]);
    assert.ok((await readFile(part)).equals(file));
  });

  it('is removed with all that stands beside it', async () => {
    await using kit = await createDownloadKit();
    const part = `${kit.target}.part`;
    await withState(part, async (state) => {
      await put(state, 0);
      await state.flush();
    });
    assert.deepEqual(await kit.names(), ['model.bin.part', 'model.bin.part.blocks', 'model.bin.part.json']);
    await removePart(part);
    assert.deepEqual(await kit.names(), []);
  });
});

async function damage(path: string, position: number): Promise<void> {
  await using handle = await open(path, 'r+');
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, position);
  buffer[0] = (buffer[0] ?? 0) ^ 1;
  await handle.write(buffer, 0, 1, position);
  assert.ok((await stat(path)).size > position);
}

/** The ordinary file with another kind of direct writing, or none. */
function ordinary(
  writeDirect: PartHandle['writeDirect'] | undefined,
  onWrite: (position: number) => void = () => undefined,
): OpenPart {
  return async (path) => {
    const handle = await openPartFile(path);
    return {
      async writev(buffers, position) {
        onWrite(position);
        return handle.writev(buffers, position);
      },
      ...(writeDirect && { writeDirect }),
      datasync: () => handle.datasync(),
      truncate: (length) => handle.truncate(length),
      stat: () => handle.stat(),
      close: () => handle.close(),
    };
  };
}
