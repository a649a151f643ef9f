/** Lowers the number of connections while the process is short of CPU, memory or time (M-225, M-226). */
import { SECOND } from '#kernel/units';

import type { Vitals } from './vitals.ts';

export type PressureReason = 'memory' | 'lag' | 'cpu';

const HOLD_RSS_BYTES = 1000e6;
const SHED_RSS_BYTES = 1500e6;
const HOLD_LAG_MS = 100;
const SHED_LAG_MS = 200;
/** What was given back has to show before more is. */
const SHED_AGAIN_MS = 3 * SECOND;
/** Calm for this long, and twice as many are allowed again. */
const CALM_MS = 5 * SECOND;

export interface PressureLimits {
  readonly cpuHold: number;
  readonly cpuShed: number;
}

export class Pressure {
  readonly #limits: PressureLimits;
  #cap = Number.POSITIVE_INFINITY;
  #mayAdd = true;
  #shedAt = Number.NEGATIVE_INFINITY;
  #calmSince: number | undefined;

  constructor(limits: PressureLimits) {
    this.#limits = limits;
  }

  /** Connections the process can afford. */
  get cap(): number {
    return this.#cap;
  }

  /** Whether there is room for one more. */
  get mayAdd(): boolean {
    return this.#mayAdd;
  }

  /** Looks at the process with `connections` at work; says why the cap came down, if it did. */
  tick(now: number, vitals: Vitals, connections: number): PressureReason | undefined {
    this.#mayAdd =
      vitals.rssBytes < HOLD_RSS_BYTES && vitals.lagMs < HOLD_LAG_MS && vitals.cpuShare < this.#limits.cpuHold;
    const reason = this.#tooMuch(vitals);
    if (reason === undefined) {
      this.#recover(now);
      return undefined;
    }
    this.#calmSince = undefined;
    if (connections <= 1 || now - this.#shedAt < SHED_AGAIN_MS) return undefined;
    this.#shedAt = now;
    this.#cap = reason === 'cpu' ? connections - 1 : Math.floor(connections / 2);
    return reason;
  }

  #tooMuch({ rssBytes, lagMs, cpuShare }: Vitals): PressureReason | undefined {
    if (rssBytes > SHED_RSS_BYTES) return 'memory';
    if (lagMs > SHED_LAG_MS) return 'lag';
    return cpuShare > this.#limits.cpuShed ? 'cpu' : undefined;
  }

  #recover(now: number): void {
    this.#calmSince = this.#mayAdd ? (this.#calmSince ?? now) : undefined;
    if (this.#calmSince === undefined || now - this.#calmSince < CALM_MS) return;
    this.#calmSince = now;
    // Past any number of connections there is no cap.
    this.#cap = this.#cap > 64 ? Number.POSITIVE_INFINITY : this.#cap * 2;
  }
}
