import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';

import { Agent } from 'undici';
import { systemClock, systemRandom } from '#kernel/clock';
import { KIB, MIB, MINUTE } from '#kernel/units';

import type { OpenedAnswer } from './answer-reader.ts';
import { BodyReader } from './body-reader.ts';
import { createHashThread } from './hash-thread.ts';
import { HttpSource, type WantedRange } from './http-source.ts';
import { openPartFile } from './part-file.ts';
import { PartState } from './part-state.ts';
import { ProgressMeter } from './progress-meter.ts';
import { fetchRanges } from './ranged-transfer.ts';
import { RetryBudget } from './retry-budget.ts';
import { defaultRetryLimits } from './retry-policy.ts';
import { steeringLimits } from './steering/modes.ts';
import { createSteering } from './steering/steering.ts';
import { StreamBody } from './stream-body.ts';
import { createDownloadKit, randomFile } from './testing/download-kit.ts';
import { TransferRun } from './transfer-run.ts';

const file = randomFile(16 * MIB);
const entity = { totalBytes: file.length, validators: { etag: '"1"' } };
const CHUNK = 64 * KIB;

function* chunks(start: number, end: number): Generator<Buffer> {
  for (let at = start; at < end; at += CHUNK) yield file.subarray(at, Math.min(at + CHUNK, end));
}

interface Script {
  /** What the far side sends for bytes from `start` on; it may wait as long as it likes. */
  readonly send: (start: number, end: number) => AsyncIterable<Buffer>;
  readonly onProgress: (transferredBytes: number) => void;
}

/** Fetches `file` over two connections from a far side that follows `script`; returns what stands in the part. */
async function fetchFrom(script: Script): Promise<Buffer> {
  await using kit = await createDownloadKit();
  await using owned = new AsyncDisposableStack();
  const hashThread = owned.use(createHashThread());
  const dispatcher = owned.adopt(new Agent(), (agent) => agent.destroy());
  const source = new HttpSource({
    source: { url: 'http://127.0.0.1:9/' },
    carrier: dispatcher,
    egress: undefined,
    headersTimeoutMs: 1,
  });
  const request = { source: { url: 'http://127.0.0.1:9/' }, target: kit.target };
  {
    await using state = await PartState.open({
      partPath: `${kit.target}.part`,
      origin: () => 'http://127.0.0.1:9/',
      expected: {},
      hashNames: [],
      hashThread: () => hashThread,
      openPart: openPartFile,
      clock: systemClock,
      signal: new AbortController().signal,
    });
    state.entity = entity;
    const run = new TransferRun({
      request,
      deps: { clock: systemClock, random: systemRandom, freeBytes: async () => Number.MAX_SAFE_INTEGER },
      source,
      state,
      openPart: async () => state,
      budget: new RetryBudget(defaultRetryLimits, { clock: systemClock, random: systemRandom }),
      meter: new ProgressMeter(systemClock, undefined),
      idleTimeoutMs: MINUTE,
      limits: steeringLimits(undefined, 2),
      steering: owned.use(createSteering(systemClock)),
    });
    const add = state.write.bind(state);
    state.write = async (block, length, position) => {
      await add(block, length, position);
      script.onProgress(state.presentBytes);
    };
    function opened({ start, end = file.length }: WantedRange) {
      const reader = new BodyReader(new StreamBody(Readable.from(script.send(start, end))), MINUTE);
      return { kind: 'range' as const, start, end, entity, reader, serverFileName: undefined };
    }
    run.open = async (wanted): Promise<OpenedAnswer> => opened(wanted ?? { start: 0 });
    await fetchRanges(run, opened({ start: 0, end: 8 * MIB }), new AbortController().signal);
  }
  return await kit.read('model.bin.part');
}

describe('fetchRanges', () => {
  it('ends when the last byte has come, although a connection whose rest was taken over still hangs on its answer', async () => {
    const tookOver = Promise.withResolvers<void>();
    const allButTaken = Promise.withResolvers<void>();
    let taken = 0;
    const part = await fetchFrom({
      onProgress: (bytes) => {
        if (taken > 0 && bytes === file.length - taken) allButTaken.resolve();
      },
      async *send(start, end) {
        if (start === 8 * MIB) yield* chunks(start, end);
        else if (start === 0) {
          // Slow, but exactly up to where the other connection will begin; then silence.
          yield* chunks(0, 6 * MIB);
          await tookOver.promise;
          yield* chunks(6 * MIB, 8 * MIB - taken);
          await new Promise(() => undefined);
        } else {
          taken = end - start;
          tookOver.resolve();
          await allButTaken.promise;
          yield* chunks(start, end);
        }
      },
    });
    assert.equal(taken, MIB, 'half of the two MiB that were left');
    assert.ok(part.equals(file));
  });
});
