/**
 * Which bytes of a file of known size are here, under way or still to ask for.
 *
 * Connections take the next stretch from the front, not the middle of the largest hole, so that the hashed prefix
 * follows the download closely. When nothing is left to hand out, an idle connection takes the second half of the
 * longest stretch another one is still working on.
 */
import { MIB } from '#kernel/units';

import { type ByteRange, ByteRanges } from './byte-ranges.ts';

/** A stretch one connection is fetching. Its end can come closer while it is worked on, never go further. */
export interface Lease {
  readonly start: number;
  /** First byte not yet claimed for writing. */
  readonly position: number;
  readonly end: number;
}

export interface SegmentPlanOptions {
  readonly totalBytes: number;
  /** What is written; shared with whoever writes, who adds to it. */
  readonly done: ByteRanges;
  /** Longest stretch handed out at once. */
  readonly leaseBytes: number;
  /** Shortest half worth taking from another connection. */
  readonly minStealBytes?: number;
}

interface MutableLease {
  start: number;
  position: number;
  end: number;
}

export class SegmentPlan {
  readonly totalBytes: number;
  readonly #done: ByteRanges;
  readonly #leases = new Set<MutableLease>();
  readonly #leaseBytes: number;
  readonly #minStealBytes: number;

  constructor(options: SegmentPlanOptions) {
    this.totalBytes = options.totalBytes;
    this.#done = options.done;
    this.#leaseBytes = options.leaseBytes;
    this.#minStealBytes = options.minStealBytes ?? MIB;
  }

  /** A stretch nobody is fetching, or undefined when everything is here or under way. */
  next(): Lease | undefined {
    const gap = this.#firstFreeGap();
    return gap && this.#lease(gap[0], Math.min(gap[1], gap[0] + this.#leaseBytes));
  }

  /** The second half of the longest stretch under way, or undefined when none is worth dividing. */
  takeOver(): Lease | undefined {
    let victim: MutableLease | undefined;
    for (const lease of this.#leases) if (!victim || left(lease) > left(victim)) victim = lease;
    if (!victim || left(victim) < 2 * this.#minStealBytes) return undefined;
    const middle = victim.end - Math.floor(left(victim) / 2);
    const taken = this.#lease(middle, victim.end);
    victim.end = middle;
    return taken;
  }

  /** Reserves up to `count` bytes at the lease's position for one write; says how many, fewer once others took over. */
  claim(lease: Lease, count: number): number {
    const held = this.#held(lease);
    const granted = Math.max(0, Math.min(count, held.end - held.position));
    held.position += granted;
    return granted;
  }

  /** Gives back what is left of a stretch; call it when none of its writes is under way. */
  release(lease: Lease): void {
    for (const held of this.#leases) if (held === lease) this.#leases.delete(held);
  }

  /** Whether somebody is working on a stretch. */
  get isUnderWay(): boolean {
    return this.#leases.size > 0;
  }

  get isComplete(): boolean {
    return this.#done.firstGap(this.totalBytes) === undefined;
  }

  #held(lease: Lease): MutableLease {
    for (const held of this.#leases) if (held === lease) return held;
    throw new RangeError(`stretch ${lease.start}-${lease.end} is not leased`);
  }

  #lease(start: number, end: number): MutableLease {
    const lease = { start, position: start, end };
    this.#leases.add(lease);
    return lease;
  }

  #firstFreeGap(): ByteRange | undefined {
    const taken = new ByteRanges(this.#done.toArray());
    for (const lease of this.#leases) taken.add(lease.start, lease.end);
    return taken.firstGap(this.totalBytes);
  }
}

function left(lease: Lease): number {
  return lease.end - lease.position;
}
