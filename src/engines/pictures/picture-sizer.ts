/** The near side of the thread that makes pictures smaller. */
import { Worker } from 'node:worker_threads';

import { KuraError, toKuraError } from '#kernel/errors';
import { MIB, SECOND } from '#kernel/units';

import { type PictureFormat, pictureFormat } from './picture-format.ts';
import type { ResizeCommand, ResizeReport } from './resize-worker.ts';

export interface SizedPicture {
  readonly bytes: Uint8Array;
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
}

export interface PictureSizer extends AsyncDisposable {
  /**
   * At most `pixels` wide and high, in its proportions and never larger than it was; without what cameras and programs
   * wrote into it. Of an animation the first frame.
   * @throws KuraError invalid `pictures.unreadable` for what is none of PNG, JPEG, GIF and WebP, damaged, longer than
   * `MAX_PICTURE_BYTES`, or more than 64 million pixels; the signal's reason
   */
  readonly shrink: (bytes: Uint8Array, pixels: number, signal: AbortSignal) => Promise<SizedPicture>;
}

export const MAX_PICTURE_BYTES: number = 16 * MIB;
/** The library has 15 MB to compile, so the thread stays for a while. */
const IDLE_MS = 10 * SECOND;
/** Longer than its own limit: it is stuck. */
const STUCK_MS = 60 * SECOND;

/** Begins its thread with the first picture, one picture at a time. */
export function createPictureSizer(): PictureSizer {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let before: Promise<unknown> = Promise.resolve();

  async function stop(): Promise<void> {
    clearTimeout(idle);
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  }
  async function shrinkNow(command: ResizeCommand, signal: AbortSignal): Promise<SizedPicture> {
    signal.throwIfAborted();
    clearTimeout(idle);
    worker ??= new Worker(new URL('./resize-worker.ts', import.meta.url));
    try {
      const report = await ask(worker, command, AbortSignal.any([signal, AbortSignal.timeout(STUCK_MS)]));
      idle = setTimeout(() => void stop(), IDLE_MS).unref();
      if (!('fault' in report)) return report;
      if (report.isBroken) await stop();
      throw unreadable(report.fault);
    } catch (error) {
      if (toKuraError(error).code === 'pictures.unreadable') throw error;
      // It is at something else, or gone.
      await stop();
      signal.throwIfAborted();
      throw unreadable(String(error));
    }
  }
  return {
    async shrink(bytes, pixels, signal) {
      const format = pictureFormat(bytes);
      if (format === undefined) throw unreadable('no picture');
      if (bytes.byteLength > MAX_PICTURE_BYTES) throw unreadable(`> ${MAX_PICTURE_BYTES} bytes`);
      const shrunk = before.then(async () => shrinkNow({ bytes, format, pixels }, signal));
      before = shrunk.catch(() => undefined);
      return shrunk;
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function ask(worker: Worker, command: ResizeCommand, signal: AbortSignal): Promise<ResizeReport> {
  const { promise, resolve, reject } = Promise.withResolvers<ResizeReport>();
  function abort(): void {
    reject(signal.reason);
  }
  function ended(): void {
    reject(new Error('the thread ended'));
  }
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', ended);
  signal.addEventListener('abort', abort, { once: true });
  try {
    worker.postMessage(command);
    return await promise;
  } finally {
    worker.off('message', resolve);
    worker.off('error', reject);
    worker.off('exit', ended);
    signal.removeEventListener('abort', abort);
  }
}

function unreadable(reason: string): KuraError {
  return new KuraError('invalid', 'pictures.unreadable', { params: { reason } });
}
