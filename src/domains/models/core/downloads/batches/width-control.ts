/**
 * How many files at once (M-122): one more as long as that makes the whole faster, half as many when the site says it is
 * too much. The speed that counts is that of all files together.
 */
import { SECOND } from '#kernel/units';

export interface WidthChange {
  readonly from: number;
  readonly to: number;
  readonly reason: 'faster' | 'no-gain' | 'refused' | 'probe';
  readonly bytesPerSecond: number;
}

export interface WidthOptions {
  readonly start: number;
  /** May change. */
  readonly max: () => number;
  readonly onChange: (change: WidthChange) => void;
}

/** Long enough that connections have come up to speed. */
const WINDOW_MS = 3 * SECOND;
/** Less is noise. */
const GAIN = 1.05;
/** Windows after which a width that brought nothing is tried again: lines change. */
const PROBE_AFTER = 20;

export class WidthControl {
  readonly #options: WidthOptions;
  #width: number;
  #windowAt: number | undefined;
  #bytes = 0;
  /** Speed before the last step up; undefined when there was none. */
  #before: number | undefined;
  /** Windows since the last decision, and how many it takes until the next try. */
  #quiet = 0;
  #hold = 1;

  constructor(options: WidthOptions) {
    this.#options = options;
    this.#width = Math.max(1, Math.min(options.start, options.max()));
  }

  get width(): number {
    return this.#width;
  }

  /** The site asked for less. */
  refused(now: number): void {
    this.#to(Math.max(1, Math.floor(this.#width / 2)), 'refused', 0);
    this.#settle();
    this.#restart(now);
  }

  /** @param bytes received since the last call; `isFull`: as many files as allowed were under way */
  measured(bytes: number, isFull: boolean, now: number): void {
    this.#windowAt ??= now;
    this.#bytes += bytes;
    // With idle places the speed tells nothing about the width.
    if (!isFull) this.#restart(now);
    const elapsed = now - this.#windowAt;
    if (elapsed < WINDOW_MS) return;
    this.#decide((this.#bytes * SECOND) / elapsed);
    this.#restart(now);
  }

  #decide(speed: number): void {
    if (speed === 0) return;
    if (this.#before === undefined) {
      this.#quiet += 1;
      if (this.#quiet >= this.#hold) this.#stepUp('probe', speed);
      return;
    }
    if (speed >= this.#before * GAIN) {
      this.#stepUp('faster', speed);
      return;
    }
    this.#to(Math.max(1, this.#width - 1), 'no-gain', speed);
    this.#settle();
  }

  #stepUp(reason: 'faster' | 'probe', speed: number): void {
    if (this.#width >= this.#options.max()) {
      this.#settle();
      return;
    }
    this.#before = speed;
    this.#to(this.#width + 1, reason, speed);
  }

  #settle(): void {
    this.#before = undefined;
    this.#quiet = 0;
    this.#hold = PROBE_AFTER;
  }

  #restart(now: number): void {
    this.#windowAt = now;
    this.#bytes = 0;
  }

  #to(width: number, reason: WidthChange['reason'], bytesPerSecond: number): void {
    if (width === this.#width) return;
    this.#options.onChange({ from: this.#width, to: width, reason, bytesPerSecond: Math.round(bytesPerSecond) });
    this.#width = width;
  }
}
