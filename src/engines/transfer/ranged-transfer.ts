/** Fetches a file of known length in ranges over several connections. */
import { setTimeout as sleep } from 'node:timers/promises';
import { MIB } from '#kernel/units';

import type { OpenedAnswer } from './answer-reader.ts';
import { pump } from './body-pump.ts';
import { ifRangeOf, sameEntity } from './entity.ts';
import { type Lease, SegmentPlan } from './segment-plan.ts';
import { sourceChanged } from './source-changed.ts';
import type { Governor } from './steering/governor.ts';
import { cutShort, type TransferRun } from './transfer-run.ts';

export type OpenedRange = Extract<OpenedAnswer, { kind: 'range' }>;

/** Below this one connection is enough. */
export const SPLIT_FROM = 8 * MIB;
const MAX_LEASE = 64 * MIB;
/** Stretches per connection: enough that a slow one does not hold up the end, few enough that asking costs nothing. */
const LEASES_PER_CONNECTION = 8;
const TAKE_OVER_AFTER_MS = 250;
const STEER_EVERY_MS = 50;

/**
 * Asking may cost a twentieth of the time: where the first byte takes 40 ms and a connection brings 25 MiB/s, stretches
 * of 8 MiB cost an eighth (`npm run bench optimiser`).
 */
const WORTH_OF_REQUESTS = 20;

/** The longest stretch to ask for at once, as long as nothing is known of the speed. */
export function leaseBytesFor(totalBytes: number, connections: number): number {
  if (connections === 1 || totalBytes < SPLIT_FROM) return Math.max(1, totalBytes);
  const share = Math.ceil(totalBytes / (connections * LEASES_PER_CONNECTION) / MIB) * MIB;
  return Math.min(MAX_LEASE, Math.max(SPLIT_FROM, share));
}

/** Fetches everything that is missing; `first` is an answer for the first gap. */
export async function fetchRanges(run: TransferRun, first: OpenedRange, signal: AbortSignal): Promise<void> {
  const isSmall = (run.state.entity?.totalBytes ?? 0) < SPLIT_FROM;
  using governor = run.govern(isSmall ? 1 : run.connections);
  const stop = new AbortController();
  const crew = new Crew(run, governor, AbortSignal.any([signal, stop.signal]));
  try {
    await crew.fetch(first);
  } finally {
    stop.abort();
    await crew.gone();
  }
}

/** The connections of one file: as many as the governor says, each with a stretch of its own. */
class Crew {
  readonly #run: TransferRun;
  readonly #plan: SegmentPlan;
  readonly #governor: Governor;
  readonly #signal: AbortSignal;
  readonly #ended = Promise.withResolvers<void>();
  readonly #work = new Set<Promise<void>>();
  /** Ends the work on a stretch whose rest is somebody else's, or whose connection is given up. */
  readonly #hands = new Map<Lease, AbortController>();
  /** Connections that have not given up. */
  #present = 0;
  readonly #complete = new AbortController();
  /** The shortest time an answer took to begin; undefined before the first. */
  #requestMs: number | undefined;
  /** Given when there is nothing to wait for any more. */
  readonly #over: AbortSignal;

  constructor(run: TransferRun, governor: Governor, signal: AbortSignal) {
    const totalBytes = run.state.entity?.totalBytes ?? 0;
    this.#run = run;
    this.#governor = governor;
    this.#signal = signal;
    this.#over = AbortSignal.any([signal, this.#complete.signal]);
    // Stretches have plain signals of their own: one composed for each would stay in memory with its listeners.
    this.#over.addEventListener('abort', () => this.#dropHands(), { once: true });
    this.#plan = new SegmentPlan({
      totalBytes,
      done: run.state.ranges,
      now: () => run.clock.monotonic(),
      onEmptied: (lease) => this.#hands.get(lease)?.abort(),
    });
  }

  /** Resolves when everything is here; rejects with the first error that no further attempt can mend. */
  async fetch(first: OpenedRange): Promise<void> {
    this.#hire(first);
    while (this.#present < this.#governor.target) this.#hire();
    const timer = setInterval(() => this.#steer(), STEER_EVERY_MS);
    try {
      await this.#ended.promise;
    } finally {
      clearInterval(timer);
    }
  }

  /** Resolves when nobody is at work any more. */
  async gone(): Promise<void> {
    await Promise.all(this.#work);
  }

  #hire(first?: OpenedRange): void {
    this.#count(1);
    const work = this.#fetchStretches(first)
      .catch(this.#ended.reject)
      .finally(() => {
        this.#work.delete(work);
        // The last one leaves only when everything is here.
        if (this.#work.size === 0) this.#ended.resolve();
      });
    this.#work.add(work);
  }

  #count(change: number): void {
    this.#present += change;
    this.#governor.inUse = this.#present;
  }

  #steer(): void {
    const { meter, networkBytes: receivedBytes } = this.#run;
    const isEnding = this.#plan.isHandedOut;
    try {
      this.#governor.tick({ receivedBytes, working: meter.connections, isEnding, vitals: this.#run.vitals() });
    } catch (error) {
      // Whoever is told of decisions failed.
      this.#ended.reject(error);
    }
    const { target } = this.#governor;
    for (let lacking = isEnding ? 0 : target - this.#present; lacking > 0; lacking -= 1) this.#hire();
    for (let spare = this.#present - this.#plan.recalled - target; spare > 0; spare -= 1) this.#plan.recall();
  }

  /** One connection: takes stretch after stretch until nothing is left, or fewer connections are wanted. */
  async #fetchStretches(first: OpenedRange | undefined): Promise<void> {
    let opened = first;
    let speed: number | undefined;
    for (let lease = await this.#take(speed); lease; lease = await this.#take(speed)) {
      const failure = await this.#tryFetch(lease, opened);
      opened = undefined;
      speed = this.#plan.speedOf(lease);
      this.#plan.release(lease);
      if (this.#plan.isComplete) this.#complete.abort();
      if (failure && !(await this.#mend(failure.error))) return;
    }
  }

  /** A stretch to fetch; without one the connection has left, in the same moment, so that not all leave at once. */
  async #take(speed: number | undefined): Promise<Lease | undefined> {
    const isSpare = this.#present > this.#governor.target;
    const lease = isSpare ? undefined : await this.#find(speed);
    if (!lease) this.#count(-1);
    return lease;
  }

  /** With nothing left to hand out, waits a little before taking over what another connection is working on. */
  async #find(speed: number | undefined): Promise<Lease | undefined> {
    const bytes = this.#leaseBytes(speed);
    let lease = this.#plan.next(bytes);
    // With all bytes here it must not wait for the others: the signal that ends its pauses has been given already.
    while (!lease && this.#plan.isUnderWay && !this.#plan.isComplete) {
      await pauseUntil(TAKE_OVER_AFTER_MS, this.#over);
      this.#signal.throwIfAborted();
      lease = this.#plan.next(bytes) ?? this.#plan.takeOver(speed);
    }
    return lease;
  }

  /** Longer where a connection is fast and answers are slow to begin, but never more than what would make all of them end together. */
  #leaseBytes(bytesPerMs = 0): number {
    const { state, connections } = this.#run;
    const { totalBytes } = this.#plan;
    const share = (totalBytes - state.presentBytes) / this.#governor.target;
    const worth =
      Math.ceil(Math.min(MAX_LEASE, share, bytesPerMs * (this.#requestMs ?? 0) * WORTH_OF_REQUESTS) / MIB) * MIB;
    return Math.max(leaseBytesFor(totalBytes, connections), worth);
  }

  async #tryFetch(lease: Lease, opened: OpenedRange | undefined): Promise<{ readonly error: unknown } | undefined> {
    // Whoever ended all work has not met this stretch yet.
    this.#signal.throwIfAborted();
    const hand = new AbortController();
    const { signal } = hand;
    this.#hands.set(lease, hand);
    try {
      await this.#fetch(lease, opened ?? (await this.#open(lease, signal)), signal);
      return undefined;
    } catch (error) {
      this.#signal.throwIfAborted();
      // What is left of the stretch is no longer ours, and neither is what went wrong with it.
      return signal.aborted ? undefined : { error };
    } finally {
      this.#hands.delete(lease);
    }
  }

  /** Waits before the next attempt; false when this connection is one too many for the far side. */
  async #mend(error: unknown): Promise<boolean> {
    const fault = this.#run.budget.faultOf(error);
    if (fault.remedy !== 'retry') throw fault;
    const isSpare = fault.busy && this.#present > 1;
    if (isSpare) this.#count(-1);
    if (fault.busy) this.#governor.refused(fault.retryAfterMs);
    if (!isSpare) await this.#run.pause(fault, this.#signal);
    return !isSpare;
  }

  /** Nobody need wait for an answer whose bytes have come another way. */
  #dropHands(): void {
    for (const hand of this.#hands.values()) hand.abort();
  }

  async #fetch(lease: Lease, opened: OpenedRange, signal: AbortSignal): Promise<void> {
    using reader = opened.reader;
    signal.addEventListener('abort', () => reader[Symbol.dispose](), { once: true });
    const written = await pump({
      run: this.#run,
      reader,
      position: lease.start,
      signal,
      claim: (count) => {
        const granted = this.#plan.claim(lease, count);
        this.#run.budget.progress(granted);
        return granted;
      },
      // Somebody took over the rest. (An answer that ends here is read to its end, so that its connection is kept.)
      isSatisfied: () => lease.position >= lease.end && lease.end < opened.end,
    });
    const due = Math.min(opened.end, lease.end) - lease.start;
    if (written < due) throw cutShort(written, due);
  }

  async #open(lease: Lease, signal: AbortSignal): Promise<OpenedRange> {
    const entity = this.#run.state.entity;
    if (!entity) throw new RangeError('no entity to fetch ranges of');
    const wanted = { start: lease.start, end: lease.end, ifRange: ifRangeOf(entity) };
    const askedAt = this.#run.clock.monotonic();
    const opened = await this.#run.open(wanted, signal);
    const tookMs = this.#run.clock.monotonic() - askedAt;
    this.#requestMs = Math.min(tookMs, this.#requestMs ?? tookMs);
    if (opened.kind === 'range' && sameEntity(entity, opened.entity)) return opened;
    if (opened.kind !== 'beyond-end') opened.reader[Symbol.dispose]();
    throw sourceChanged(opened, entity);
  }
}

/** Ends after `ms` or with the signal, whichever comes first. */
async function pauseUntil(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
