/**
 * Notices a connection that is open but brings nothing, or so little (one byte a second) that it might as well not.
 * Only time spent waiting for the far side counts: not writing, not a bandwidth limit.
 */
import { KIB } from '#kernel/units';

import type { ArrivalWatch } from './answer-body.ts';

const TICKS = 4;
/** Less than this per idle time-out is nothing. */
const MIN_BYTES = KIB;

export class StallWatch implements ArrivalWatch, Disposable {
  waiting = false;
  readonly #timer: NodeJS.Timeout;
  readonly #onStall: () => void;
  #quietTicks = 0;
  #bytes = 0;

  constructor(idleTimeoutMs: number, onStall: () => void) {
    this.#onStall = onStall;
    this.#timer = setInterval(() => this.#tick(), Math.max(1, idleTimeoutMs / TICKS));
  }

  arrived(count: number): void {
    this.#bytes += count;
    if (this.#bytes >= MIN_BYTES) this.#bytes = this.#quietTicks = 0;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    if (!this.waiting) return;
    this.#quietTicks += 1;
    if (this.#quietTicks >= TICKS) this.#onStall();
  }
}
