/** How fast a batch is as a whole, smoothed, and how long it will take. */
import type { Clock } from '#kernel/clock';
import { SECOND } from '#kernel/units';

import type { BatchProgressView, BatchStatus, BatchTally } from '../../../contract/batch-shapes.ts';

const SMOOTHING_MS = 5 * SECOND;

export class BatchMeter {
  readonly #clock: Clock;
  #bytes = 0;
  #sampledAt: number;
  #rate: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sampledAt = clock.monotonic();
  }

  add(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Bytes since the last sample; the speed counts them from then on. */
  sample(): number {
    const now = this.#clock.monotonic();
    const elapsed = now - this.#sampledAt;
    const bytes = this.#bytes;
    if (elapsed <= 0) return 0;
    const current = (bytes * SECOND) / elapsed;
    const weight = 1 - Math.exp(-elapsed / SMOOTHING_MS);
    this.#rate = this.#rate === undefined ? current : this.#rate + weight * (current - this.#rate);
    this.#bytes = 0;
    this.#sampledAt = now;
    return bytes;
  }

  /** @param underWay bytes that have arrived of files that are not done */
  progress(
    batch: { readonly id: string; readonly status: BatchStatus },
    tally: BatchTally,
    underWay: number,
  ): BatchProgressView {
    const doneBytes = tally.doneBytes + underWay;
    const left = Math.max(0, leftBytes(tally) - underWay);
    const rate = this.#rate ?? 0;
    return {
      id: batch.id,
      status: batch.status,
      tally: { ...tally, doneBytes },
      bytesPerSecond: rate,
      etaSeconds: rate > 0 && batch.status === 'processing' ? left / rate : null,
    };
  }
}

/** Of files that may still come; as far as sizes are known. */
function leftBytes({ files, pending, processing, totalBytes, doneBytes }: BatchTally): number {
  const open = pending + processing;
  return open === 0 || files === 0 ? 0 : Math.max(0, totalBytes - doneBytes);
}
