/** Fetches a file of known length in ranges over several connections. */
import { setTimeout as sleep } from 'node:timers/promises';
import { MIB } from '#kernel/units';

import type { OpenedAnswer } from './answer-reader.ts';
import { pump } from './body-pump.ts';
import { ifRangeOf, sameEntity } from './entity.ts';
import { type Lease, SegmentPlan } from './segment-plan.ts';
import { sourceChanged } from './source-changed.ts';
import { cutShort, type TransferRun } from './transfer-run.ts';

export type OpenedRange = Extract<OpenedAnswer, { kind: 'range' }>;

/** Below this one connection is enough. */
export const SPLIT_FROM = 8 * MIB;
const MAX_LEASE = 64 * MIB;
/** Stretches per connection: enough that a slow one does not hold up the end, few enough that asking costs nothing. */
const LEASES_PER_CONNECTION = 8;
const TAKE_OVER_AFTER_MS = 250;

/** The longest stretch to ask for at once. */
export function leaseBytesFor(totalBytes: number, connections: number): number {
  if (connections === 1 || totalBytes < SPLIT_FROM) return Math.max(1, totalBytes);
  const share = Math.ceil(totalBytes / (connections * LEASES_PER_CONNECTION) / MIB) * MIB;
  return Math.min(MAX_LEASE, Math.max(SPLIT_FROM, share));
}

/** Fetches everything that is missing; `first` is an answer for the first gap. */
export async function fetchRanges(run: TransferRun, first: OpenedRange, signal: AbortSignal): Promise<void> {
  const totalBytes = run.state.entity?.totalBytes ?? 0;
  const connections = totalBytes < SPLIT_FROM ? 1 : run.connections;
  const plan = new SegmentPlan({
    totalBytes,
    done: run.state.ranges,
    leaseBytes: leaseBytesFor(totalBytes, connections),
  });
  const stop = new AbortController();
  const crew = new Crew(run, plan, AbortSignal.any([signal, stop.signal]));
  const work = Array.from({ length: connections }, (_, index) => crew.work(index === 0 ? first : undefined));
  try {
    await Promise.all(work);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(work);
    throw error;
  }
}

class Crew {
  readonly #run: TransferRun;
  readonly #plan: SegmentPlan;
  readonly #signal: AbortSignal;
  /** Connections that have not given up. */
  #present = 0;
  readonly #complete = new AbortController();

  constructor(run: TransferRun, plan: SegmentPlan, signal: AbortSignal) {
    this.#run = run;
    this.#plan = plan;
    this.#signal = signal;
  }

  /** One connection: takes stretch after stretch until nothing is left, or the far side wants fewer connections. */
  async work(first: OpenedRange | undefined): Promise<void> {
    this.#present += 1;
    try {
      let opened = first;
      for (let lease = await this.#take(); lease; lease = await this.#take()) {
        const goesOn = await this.#tryFetch(lease, opened);
        opened = undefined;
        if (!goesOn) return;
      }
    } finally {
      this.#present -= 1;
    }
  }

  /**
   * With nothing left to hand out, waits a little before taking half of what another connection is working on: what is
   * on its way to that one is lost, so it pays only if that one is slow.
   */
  async #take(): Promise<Lease | undefined> {
    let lease = this.#plan.next();
    // With all bytes here it must not wait for the others: the signal that ends its pauses has been given already.
    while (!lease && this.#plan.isUnderWay && !this.#plan.isComplete) {
      await pauseUntil(TAKE_OVER_AFTER_MS, AbortSignal.any([this.#signal, this.#complete.signal]));
      this.#signal.throwIfAborted();
      lease = this.#plan.next() ?? this.#plan.takeOver();
    }
    return lease;
  }

  async #tryFetch(lease: Lease, opened: OpenedRange | undefined): Promise<boolean> {
    try {
      await this.#fetch(lease, opened ?? (await this.#open(lease)));
      return true;
    } catch (error) {
      const fault = this.#run.budget.faultOf(error);
      if (fault.remedy !== 'retry') throw fault;
      this.#plan.release(lease);
      // The stretch is free again; whoever is still at work takes it.
      if (fault.busy && this.#present > 1) return false;
      await this.#run.pause(fault, this.#signal);
      return true;
    } finally {
      this.#plan.release(lease);
      if (this.#plan.isComplete) this.#complete.abort();
    }
  }

  async #fetch(lease: Lease, opened: OpenedRange): Promise<void> {
    using reader = opened.reader;
    const written = await pump({
      run: this.#run,
      reader,
      position: lease.start,
      signal: this.#signal,
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

  async #open(lease: Lease): Promise<OpenedRange> {
    const entity = this.#run.state.entity;
    if (!entity) throw new RangeError('no entity to fetch ranges of');
    const wanted = { start: lease.start, end: lease.end, ifRange: ifRangeOf(entity) };
    const opened = await this.#run.open(wanted, this.#signal);
    if (opened.kind === 'range' && sameEntity(entity, opened.entity)) return opened;
    if (opened.kind !== 'beyond-end') opened.reader[Symbol.dispose]();
    throw sourceChanged(opened, entity);
  }
}

/** Ends after `ms` or with the signal, whichever comes first. */
async function pauseUntil(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
