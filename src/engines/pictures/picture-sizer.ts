/** The near side of the thread that makes pictures smaller. */
import { Worker } from 'node:worker_threads';

import { KuraError } from '#kernel/errors';
import { ResidentThread } from '#kernel/resident-thread';
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
  const thread = new ResidentThread<ResizeCommand, ResizeReport>({
    start: () => new Worker(new URL('./resize-worker.ts', import.meta.url)),
    idleMs: IDLE_MS,
    isSpent: (report) => 'fault' in report && report.isBroken,
  });

  async function reportOf(command: ResizeCommand, signal: AbortSignal): Promise<ResizeReport> {
    try {
      return await thread.ask(command, { signal, limitMs: STUCK_MS });
    } catch (error) {
      signal.throwIfAborted();
      throw unreadable(String(error));
    }
  }

  return {
    async shrink(bytes, pixels, signal) {
      const format = pictureFormat(bytes);
      if (format === undefined) throw unreadable('no picture');
      if (bytes.byteLength > MAX_PICTURE_BYTES) throw unreadable(`> ${MAX_PICTURE_BYTES} bytes`);
      const report = await reportOf({ bytes, format, pixels }, signal);
      if (!('fault' in report)) return report;
      throw unreadable(report.fault);
    },
    [Symbol.asyncDispose]: () => thread.stop(),
  };
}

function unreadable(reason: string): KuraError {
  return new KuraError('invalid', 'pictures.unreadable', { params: { reason } });
}
