/** What all transfers of a process know about one host and share between them. */
import type { Clock } from '#kernel/clock';
import { MINUTE, SECOND } from '#kernel/units';

import { NetworkGauge } from './network-class.ts';

/** Connections to one host over all transfers, as long as it refuses none. */
const MOST_PER_HOST = 64;
/** After a refusal one more is tried this much later, and twice as late each time that one is refused as well. */
const FIRST_PATIENCE_MS = 10 * SECOND;
const LONGEST_PATIENCE_MS = 5 * MINUTE;
/** As many as it has just carried are asked for again this soon: a server may count a connection that has gone. */
const SHORT_PATIENCE_MS = SECOND;
/** How long a number of connections that served one file well is the number the next one begins with. */
const MEMORY_MS = 10 * MINUTE;

/** One transfer's place among those of a host. */
export interface HostSeat extends Disposable {
  /** Connections this transfer has open or is opening. */
  inUse: number;
  /** Those of them that are bringing bytes. */
  working: number;
}

/**
 * Additive increase, decrease to what is left: a refusal lowers the ceiling to the connections that were not refused,
 * and after a quiet time it rises by one.
 */
export class HostState {
  readonly name: string;
  readonly gauge = new NetworkGauge();
  readonly #clock: Clock;
  readonly #seats = new Set<HostSeat>();
  #ceiling = MOST_PER_HOST;
  #patienceMs = FIRST_PATIENCE_MS;
  #raiseAt = 0;
  #quietUntil = 0;
  #isRaised = false;
  /** The most that brought bytes at the same time, until the host refuses so many. */
  #carried = 0;
  #proven: { readonly connections: number; readonly until: number } | undefined;

  constructor(name: string, clock: Clock) {
    this.name = name;
    this.#clock = clock;
  }

  /** Takes part in the host's connections until disposed. */
  enter(): HostSeat {
    const seat: HostSeat = { inUse: 0, working: 0, [Symbol.dispose]: () => this.#seats.delete(seat) };
    this.#seats.add(seat);
    return seat;
  }

  /** Connections `seat` may have: the same share for each transfer, those that came first take what is left over. */
  shareOf(seat: HostSeat): number {
    const ceiling = this.ceiling;
    const place = [...this.#seats].indexOf(seat);
    const count = Math.max(1, this.#seats.size);
    return Math.max(1, Math.floor(ceiling / count) + (place < ceiling % count ? 1 : 0));
  }

  /** Connections that all transfers have open or are opening. */
  get inUse(): number {
    let sum = 0;
    for (const seat of this.#seats) sum += seat.inUse;
    return sum;
  }

  /** The most there may be over all transfers. */
  get ceiling(): number {
    if (this.#ceiling < MOST_PER_HOST && this.#clock.monotonic() >= this.#raiseAt) {
      this.#ceiling += 1;
      this.#isRaised = true;
      const patienceMs = this.#ceiling < this.#carried ? SHORT_PATIENCE_MS : this.#patienceMs;
      this.#raiseAt = this.#clock.monotonic() + patienceMs;
    }
    return this.#ceiling;
  }

  /** Takes note of what all transfers together have under way; to be called when a seat's numbers are new. */
  carried(): void {
    let working = 0;
    for (const seat of this.#seats) working += seat.working;
    this.#carried = Math.max(this.#carried, working);
    // What was tried was taken.
    if (working >= this.#ceiling) this.#isRaised = false;
  }

  /** The host refused one connection for load; it no longer counts as in use. Nothing is added before `retryAfterMs`. */
  refused(retryAfterMs = 0): void {
    const { inUse } = this;
    if (this.#isRaised && inUse >= this.#ceiling - 1) this.#learnFromTrial(inUse);
    this.#isRaised = false;
    this.#ceiling = Math.max(1, Math.min(this.#ceiling, inUse));
    this.#quietUntil = this.#clock.monotonic() + retryAfterMs;
    const patienceMs = this.#ceiling < this.#carried ? SHORT_PATIENCE_MS : this.#patienceMs;
    this.#raiseAt = Math.max(this.#quietUntil, this.#clock.monotonic() + patienceMs);
  }

  #learnFromTrial(connections: number): void {
    if (this.#ceiling > this.#carried) this.#patienceMs = Math.min(LONGEST_PATIENCE_MS, this.#patienceMs * 2);
    else this.#carried = connections;
  }

  /** The way to the host is another one now: what it refused before says nothing, once its Retry-After has passed. */
  changed(): void {
    this.#proven = undefined;
    this.#carried = 0;
    this.#patienceMs = FIRST_PATIENCE_MS;
    if (this.#clock.monotonic() >= this.#quietUntil) this.#ceiling = MOST_PER_HOST;
  }

  /** A number of connections that more would not have improved on. */
  get proven(): number | undefined {
    const isFresh = this.#proven !== undefined && this.#clock.monotonic() < this.#proven.until;
    return isFresh ? this.#proven?.connections : undefined;
  }

  prove(connections: number): void {
    this.#proven = { connections, until: this.#clock.monotonic() + MEMORY_MS };
  }
}
