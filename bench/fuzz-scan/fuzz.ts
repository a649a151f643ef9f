/** Shares the inputs out to threads and watches them: one that hangs or dies costs its input, and the run goes on. */
import { Worker } from 'node:worker_threads';

import { MIB, SECOND } from '#kernel/units';

import { peakBytes } from '../harness/machine.ts';
import { nothingYet, type Tally, together } from './tally.ts';
import type { Answer, Span, WorkerSetup } from './worker-protocol.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** Number of the first input: what came before it is done already. */
  readonly from?: number;
  /** Number behind the last one. */
  readonly to: number;
  readonly threads: number;
  /** Told after each span, in order: all inputs before `next` are in `tally`. */
  readonly onProgress?: (next: number, tally: Tally) => void;
}

const SPAN = 2000;
/** Of the whole process: the bench itself, its threads, and whatever a scan adds to them. */
const MOST_MEMORY_MB = 512;
/** A thread that needs more ends, and its input with it; without a bound V8 keeps garbage for as long as there is room. */
const HEAP_MB = 96;
const YOUNG_HEAP_MB = 16;
/** So many threads in a row that end without an answer tell of the bench rather than of its inputs. */
const MOST_LOST = 10;
/** Of real time, because a thread that hangs tells no CPU time; generous, because the machine may be busy. */
const HANGS_AFTER_MS = 60 * SECOND;
const WATCH_EVERY_MS = SECOND;

export async function fuzz({ seed, from = 0, to, threads, onProgress }: FuzzOptions): Promise<Tally> {
  let tally = nothingYet;
  let next = from;
  const early = new Map<number, Answer>();
  const spans = spansOf(from, to);
  function done(answer: Answer): void {
    early.set(answer.from, answer);
    for (let ready = early.get(next); ready !== undefined; ready = early.get(next)) {
      early.delete(next);
      tally = together(tally, ready.tally);
      next = ready.to;
      onProgress?.(next, tally);
    }
  }
  await Promise.all(Array.from({ length: threads }, async () => workThrough(seed, spans, done)));
  const peak = peakBytes() / MIB;
  if (peak <= MOST_MEMORY_MB) return tally;
  return { ...tally, failures: [...tally.failures, `memory: ${peak.toFixed(0)} MiB`] };
}

function* spansOf(from: number, to: number): Generator<Span, undefined> {
  for (let start = from; start < to; start += SPAN) yield { from: start, to: Math.min(to, start + SPAN) };
}

/** Until no span is left; a lost thread is followed by another one. @throws Error when nothing but losses follow. */
async function workThrough(seed: number, spans: Iterator<Span>, done: (answer: Answer) => void): Promise<void> {
  let thread = startThread(seed);
  let lost = 0;
  try {
    for (let span = spans.next(); span.done !== true; span = spans.next()) {
      let tally = nothingYet;
      for (let { from } = span.value; from < span.value.to; ) {
        const part = await exchange(thread, { from, to: span.value.to });
        tally = together(tally, part.tally);
        from = part.to;
        lost = part.isLost ? lost + 1 : 0;
        if (!part.isLost) continue;
        if (lost >= MOST_LOST) throw new Error(tally.failures.join('\n'));
        await thread.worker.terminate();
        thread = startThread(seed);
      }
      done({ ...span.value, tally });
    }
  } finally {
    await thread.worker.terminate();
  }
}

interface Thread {
  readonly seed: number;
  readonly worker: Worker;
  readonly present: Float64Array;
}

function startThread(seed: number): Thread {
  const setup: WorkerSetup = { seed, atWork: new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT) };
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), {
    workerData: setup,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
  });
  return { seed, worker, present: new Float64Array(setup.atWork) };
}

interface Part extends Answer {
  readonly isLost: boolean;
}

/** An answer, or how the thread was lost: what it had done of the span before is lost with it, except for its count. */
async function exchange({ worker, present, seed }: Thread, span: Span): Promise<Part> {
  present[0] = span.from;
  const { promise, resolve } = Promise.withResolvers<Part>();
  function lose(how: string): void {
    const at = present[0] ?? span.from;
    const failures = [`input ${at} of seed ${seed}: ${how}`];
    const tally: Tally = { ...nothingYet, inputs: at + 1 - span.from, failures };
    resolve({ from: span.from, to: at + 1, tally, isLost: true });
  }
  function onMessage(answer: Answer): void {
    resolve({ ...answer, isLost: false });
  }
  function onError(error: unknown): void {
    lose(error instanceof Error ? error.message : String(error));
  }
  let seen = span.from;
  let seenAt = performance.now();
  const watch = setInterval(() => {
    if (present[0] !== seen) seenAt = performance.now();
    seen = present[0] ?? seen;
    if (performance.now() - seenAt > HANGS_AFTER_MS) lose(`hangs for ${HANGS_AFTER_MS / SECOND} s`);
  }, WATCH_EVERY_MS);
  worker.once('message', onMessage);
  worker.once('error', onError);
  worker.postMessage(span);
  try {
    return await promise;
  } finally {
    clearInterval(watch);
    worker.off('message', onMessage);
    worker.off('error', onError);
  }
}
