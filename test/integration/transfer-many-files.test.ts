import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { createHashThread } from '#engines/transfer';
import { KIB, MIB } from '#kernel/units';
import { createDice, type Ending, type Misbehaviour, seededContent, startFaultProxy } from '#stand-ins/fault-proxy';

import { attempt } from './transfer/attempt.ts';
import { inParallel } from './transfer/in-parallel.ts';

const files = 1000;
const atOnce = 8;
const failingShare = 0.05;
const seed = process.env['KURA_FAULT_SEED'] ?? String(Date.now());

describe('a thousand files over a line that breaks', () => {
  it('end right, every one, without anybody asking again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kura-many-files-'));
    const dice = createDice(seed);
    const contents = Array.from({ length: files }, (_, index) =>
      // As many small ones as big ones, counted by their digits.
      seededContent(`${seed}/${index}`, Math.floor(KIB * (2 * KIB) ** (dice.int(0, 10_000) / 10_000))),
    );
    let broken = 0;
    function unstable(size: number): Misbehaviour {
      if (!dice.chance(failingShare)) return {};
      broken += 1;
      const how = dice.pick<Ending>(['close', 'reset']);
      return dice.chance(0.2) ? { unanswered: how } : { end: { after: dice.int(0, size - 1), how } };
    }
    const first = contents[0] ?? seededContent('none', 1);
    await using proxy = await startFaultProxy({
      content: (name) => contents[Number(name)] ?? first,
      behave: ({ path }) => unstable(contents[Number(path.split('/').at(-1))]?.size ?? 1),
    });
    await using hashThread = createHashThread();
    const started = performance.now();
    const ends: string[] = [];
    try {
      await inParallel(files, atOnce, async (index) => {
        const content = contents[index] ?? first;
        const outcome = await attempt({
          request: {
            source: { url: `${proxy.origin}/file/${index}` },
            target: join(folder, `${index}.bin`),
            expected: { sizeBytes: content.size, hashes: { SHA256: content.sha256 } },
            idleTimeoutMs: 10_000,
          },
          deps: { hashThread },
          right: [content.sha256],
        });
        ends.push(outcome.end);
      });
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const bytes = contents.reduce((sum, { size }) => sum + size, 0);
      console.log(
        `seed ${seed}: ${files} files, ${(bytes / MIB).toFixed(0)} MiB, ${proxy.count('file')} requests, ` +
          `${broken} broken, ${proxy.count('file') - files} retries, ${seconds} s`,
      );
      assert.deepEqual(new Set(ends), new Set(['right']));
      assert.equal((await readdir(folder)).length, files);
      assert.ok(broken > (files * failingShare) / 2, `only ${broken} connections broke`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
