/**
 * Which bytes of a file of known size are here, under way or still to ask for.
 *
 * Connections take the next stretch from the front, not the middle of the largest hole, so that the hashed prefix
 * follows the download closely. When nothing is left to hand out, an idle connection takes from the one that would be
 * ready last as much as makes both ready together – everything, if that one hardly moves.
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
  /** Milliseconds that never run backwards. */
  readonly now: () => number;
  /** Told of a stretch whose connection is to be stopped: others have all that was left of it. */
  readonly onEmptied?: (lease: Lease) => void;
  /** What a connection claims at once, at multiples of it in the file; stretches are divided there. Default 1 MiB. */
  readonly blockBytes?: number;
}

interface Mark {
  readonly at: number;
  readonly position: number;
}

interface MutableLease {
  start: number;
  position: number;
  end: number;
  readonly since: number;
  isRecalled: boolean;
  /** The last claims, oldest first. */
  readonly marks: Mark[];
}

/** A speed is measured over this many claims that are this far apart. */
const MARKS = 4;
const MARK_EVERY_MS = 100;
/** A connection is given this long before its speed is judged. */
const GRACE_MS = 500;
/** What a new request costs until its first byte. */
const REQUEST_MS = 250;
/** Bytes are taken only if that makes the end come this much sooner. */
const WORTHWHILE = 0.75;

export class SegmentPlan {
  readonly totalBytes: number;
  readonly #options: SegmentPlanOptions;
  readonly #done: ByteRanges;
  readonly #leases = new Set<MutableLease>();
  readonly #blockBytes: number;

  constructor(options: SegmentPlanOptions) {
    this.totalBytes = options.totalBytes;
    this.#options = options;
    this.#done = options.done;
    this.#blockBytes = options.blockBytes ?? MIB;
  }

  /** A stretch nobody is fetching, at most so long; undefined when everything is here or under way. */
  next(mostBytes: number): Lease | undefined {
    const gap = this.#firstFreeGap();
    return gap && this.#lease(gap[0], Math.min(gap[1], gap[0] + mostBytes));
  }

  /**
   * Takes bytes from the connection that would be ready last, for one that brings `bytesPerMs`, or as much as the others
   * do if that is not known; undefined when none would be ready sooner for it. What is on its way to the other one is
   * fetched again.
   */
  takeOver(bytesPerMs?: number): Lease | undefined {
    const victim = this.#lastToBeReady();
    if (!victim) return undefined;
    const theirs = this.speedOf(victim);
    const from = this.#divide(victim, { theirs, ours: bytesPerMs ?? theirs });
    if (from === undefined) return undefined;
    const taken = this.#lease(from, victim.end);
    this.#cut(victim, from);
    return taken;
  }

  /** Bytes per millisecond this stretch has been brought with lately, a block that is nearly full included. */
  speedOf(lease: Lease): number {
    const { marks, position } = this.#held(lease);
    const [since] = marks;
    if (!since) throw new RangeError('a stretch without a beginning');
    return (position - since.position + this.#blockBytes) / Math.max(1, this.#options.now() - since.at);
  }

  /** Reserves up to `count` bytes at the lease's position for one write; says how many, fewer once others took over. */
  claim(lease: Lease, count: number): number {
    const held = this.#held(lease);
    const granted = Math.max(0, Math.min(count, held.end - held.position));
    held.position += granted;
    const at = this.#options.now();
    if (at - (held.marks.at(-1)?.at ?? 0) >= MARK_EVERY_MS) held.marks.push({ at, position: held.position });
    if (held.marks.length > MARKS) held.marks.shift();
    return granted;
  }

  /**
   * Ends the stretch that lies furthest back: with the block under way if that will soon be full, else at once. The rest
   * is free for others.
   */
  recall(): Lease | undefined {
    const lease = [...this.#leases]
      .filter((held) => left(held) > 0 && !held.isRecalled)
      .toSorted((a, b) => b.start - a.start)[0];
    if (!lease) return undefined;
    lease.isRecalled = true;
    const block = (Math.floor(lease.position / this.#blockBytes) + 1) * this.#blockBytes;
    const isSoonFull = (block - lease.position) / this.speedOf(lease) < GRACE_MS;
    this.#cut(lease, isSoonFull ? Math.min(lease.end, block) : lease.position);
    return lease;
  }

  /** Stretches called back whose connection has not come back yet. */
  get recalled(): number {
    return [...this.#leases].filter(({ isRecalled }) => isRecalled).length;
  }

  /** Gives back what is left of a stretch; call it when none of its writes is under way. */
  release(lease: Lease): void {
    for (const held of this.#leases) if (held === lease) this.#leases.delete(held);
  }

  /** Whether somebody is working on a stretch. */
  get isUnderWay(): boolean {
    return this.#leases.size > 0;
  }

  /** Whether every byte is here or being fetched. */
  get isHandedOut(): boolean {
    return this.#firstFreeGap() === undefined;
  }

  get isComplete(): boolean {
    return this.#done.firstGap(this.totalBytes) === undefined;
  }

  /** Where to divide, so that both are ready together, or the position to take all; undefined if it would not pay. */
  #divide(victim: Lease, { theirs, ours }: { readonly theirs: number; readonly ours: number }): number | undefined {
    const worthwhileMs = WORTHWHILE * (left(victim) / theirs) - REQUEST_MS;
    const togetherMs = left(victim) / (ours + theirs);
    const from = Math.ceil((victim.end - togetherMs * ours) / this.#blockBytes) * this.#blockBytes;
    if (togetherMs <= worthwhileMs && from > victim.position && from < victim.end) return from;
    return left(victim) / ours <= worthwhileMs ? victim.position : undefined;
  }

  #lastToBeReady(): MutableLease | undefined {
    const now = this.#options.now();
    let last: MutableLease | undefined;
    let lastMs = 0;
    for (const lease of this.#leases) {
      const isKnown = now - lease.since >= GRACE_MS;
      const readyMs = left(lease) / this.speedOf(lease);
      if (isKnown && readyMs > lastMs) [last, lastMs] = [lease, readyMs];
    }
    return last;
  }

  #cut(lease: MutableLease, end: number): void {
    lease.end = end;
    if (left(lease) === 0) this.#options.onEmptied?.(lease);
  }

  #held(lease: Lease): MutableLease {
    for (const held of this.#leases) if (held === lease) return held;
    throw new RangeError(`stretch ${lease.start}-${lease.end} is not leased`);
  }

  #lease(start: number, end: number): MutableLease {
    const since = this.#options.now();
    const marks = [{ at: since, position: start }];
    const lease: MutableLease = { start, position: start, end, since, isRecalled: false, marks };
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
