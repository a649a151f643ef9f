/**
 * Finds the number of connections by trying: twice as many are kept if they bring more in all, else it goes back. Later
 * it watches for a line that has become another one, and now and then tries again.
 */
import { MIB, SECOND } from '#kernel/units';

export type ClimbReason = 'gain' | 'no-gain' | 'probe' | 'changed' | 'fewer-suffice' | 'fewer-lose';

export interface ClimberOptions {
  readonly start: number;
  readonly most: number;
  readonly gain: number;
  /** What is learned: speeds while nothing is tried, a number that is enough, a line that has changed. */
  readonly onSpeed: (bytesPerSecond: number) => void;
  readonly onProven: (connections: number) => void;
  readonly onChanged: () => void;
}

export interface ClimbTick {
  readonly now: number;
  readonly receivedBytes: number;
  /** Connections that are bringing bytes. */
  readonly working: number;
  /** The most that may be tried now; asked again once the line is known to be another one. */
  readonly allowed: () => number;
}

/** New connections count once they all bring bytes, or after this long; TCP takes a few round trips to get going. */
const SETTLE_MS = 100;
const SETTLE_AT_MOST_MS = 1.5 * SECOND;
/** A speed is measured over this long, and longer where little comes. */
const WINDOW_MS = 400;
const WINDOW_AT_MOST_MS = 2 * SECOND;
const WINDOW_BYTES = MIB;
/** What one connection brings need not be known so well: if the second is no use, that shows at once. */
const FIRST_WINDOW_MS = 200;
/** Half as much again is no accident, even in a shorter time, and neither is the loss of a third. */
const CLEAR_GAIN = 1.5;
const CLEAR_AFTER_MS = 100;
/** Fewer connections are kept if they cost no more than this. */
const LOSS = 0.95;
/** A speed this many times the usual one, or this part of it, for four seconds: the line is another one. */
const ODD = 1.4;
/** With twice or half of it, two seconds are enough. */
const VERY_ODD = 2;
const CHANGED_AFTER = 4;
const PROBE_EVERY_MS = 15 * SECOND;
const PROBE_SELDOM_MS = 4 * 60 * SECOND;
/**
 * Bytes per second of one connection above which this computer is the limit, not the line: bytes that come in order are
 * hashed from memory and written once, those of several connections are read back (`npm run bench transfer`).
 */
const PLENTY = 400e6;
/** Weight of a second's speed in what counts as usual. */
const USUAL_WEIGHT = 0.1;

interface Mark {
  readonly at: number;
  readonly bytes: number;
}

interface Trial {
  /** Where to go back to, and what came there; undefined for the first measurement. */
  readonly before: { readonly connections: number; readonly rate: number } | undefined;
  readonly since: number;
  /** After a change of the line fewer are tried, too. */
  readonly thenFewer: boolean;
  window: Mark | undefined;
}

export class Climber {
  readonly #options: ClimberOptions;
  #wish: number;
  #trial: Trial | undefined;
  #usual: number | undefined;
  #second: Mark | undefined;
  #odd = 0;
  #probeEveryMs = PROBE_EVERY_MS;
  #probeAt = Number.POSITIVE_INFINITY;
  /** What was right when others decided for fewer. */
  #yielded: number | undefined;

  /** With `knownGood` connections it begins with a number that was right a moment ago, and measures only. */
  constructor(options: ClimberOptions, now: number, knownGood?: number) {
    this.#options = options;
    this.#wish = Math.min(options.most, knownGood ?? options.start);
    if (knownGood === undefined && options.start < options.most) this.#try(undefined, now, false);
    else this.#settle(undefined, now);
  }

  get wish(): number {
    return this.#wish;
  }

  /** The speed in bytes per second that more or fewer connections are compared with. */
  get usual(): number | undefined {
    return this.#usual ?? this.#trial?.before?.rate;
  }

  /** Takes a lower number for given: others decided. */
  yieldTo(connections: number, now: number): void {
    // A fixed number stays what is wished for, and comes back with the permission.
    if (this.#isFixed || connections >= this.#wish) return;
    this.#yielded ??= this.#trial?.before?.connections ?? this.#wish;
    this.#wish = connections;
    this.#settle(undefined, now);
  }

  /** Takes back what it had found out before others decided for fewer, as far as `connections` are allowed again. */
  regain(connections: number, now: number): void {
    const most = Math.min(connections, this.#yielded ?? 0);
    if (most <= this.#wish) return;
    this.#wish = most;
    this.#settle(undefined, now);
  }

  /** Nothing measured counts: the file ends, or nothing comes for other reasons. */
  pause(): void {
    this.#second = undefined;
    if (this.#trial) this.#trial.window = undefined;
  }

  /** Says why the wish has changed, if it has. */
  tick(tick: ClimbTick): ClimbReason | undefined {
    return this.#trial ? this.#measure(this.#trial, tick) : this.#watch(tick);
  }

  get #isFixed(): boolean {
    return this.#options.start >= this.#options.most;
  }

  #measure(trial: Trial, tick: ClimbTick): ClimbReason | undefined {
    const { now, receivedBytes, working } = tick;
    const waited = now - trial.since;
    const isReady = waited >= SETTLE_MS && (working >= this.#wish || waited >= SETTLE_AT_MOST_MS);
    if (!trial.window) {
      if (isReady) trial.window = { at: now, bytes: receivedBytes };
      return undefined;
    }
    const elapsed = now - trial.window.at;
    const arrived = receivedBytes - trial.window.bytes;
    const rate = (arrived * SECOND) / elapsed;
    const windowMs = trial.before ? WINDOW_MS : FIRST_WINDOW_MS;
    const isClear = elapsed >= CLEAR_AFTER_MS && this.#isClear(trial, rate);
    const isEnough = (isClear || elapsed >= windowMs) && arrived >= WINDOW_BYTES;
    return isEnough || elapsed >= WINDOW_AT_MOST_MS ? this.#judge(trial, rate, tick) : undefined;
  }

  #isClear({ before }: Trial, rate: number): boolean {
    if (!before) return false;
    return this.#wish > before.connections ? rate >= CLEAR_GAIN * before.rate : CLEAR_GAIN * rate <= before.rate;
  }

  #judge({ before, thenFewer }: Trial, rate: number, tick: ClimbTick): ClimbReason | undefined {
    if (!before) return this.#climb(rate, tick);
    if (this.#wish < before.connections) return this.#judgeFewer(before, rate, tick);
    if (rate >= this.#options.gain * before.rate) {
      this.#probeEveryMs = PROBE_EVERY_MS;
      return this.#climb(rate, tick);
    }
    this.#wish = before.connections;
    this.#options.onProven(before.connections);
    // Both have measured the same line, and neither for long.
    this.#settle((before.rate + rate) / 2, tick.now);
    if (thenFewer) this.#lower(before.rate, tick.now);
    return 'no-gain';
  }

  #climb(rate: number, tick: ClimbTick): ClimbReason | undefined {
    if (this.#raise(rate, tick, false)) return 'gain';
    this.#options.onProven(this.#wish);
    return this.#settle(rate, tick.now);
  }

  #judgeFewer(
    before: { readonly connections: number; readonly rate: number },
    rate: number,
    { now }: ClimbTick,
  ): ClimbReason | undefined {
    if (rate >= LOSS * before.rate) {
      this.#options.onProven(this.#wish);
      return this.#lower(rate, now) ? 'fewer-suffice' : this.#settle(rate, now);
    }
    this.#wish = before.connections;
    this.#settle(before.rate, now);
    return 'fewer-lose';
  }

  #watch(tick: ClimbTick): ClimbReason | undefined {
    const { now, receivedBytes } = tick;
    this.#second ??= { at: now, bytes: receivedBytes };
    const elapsed = now - this.#second.at;
    if (elapsed >= SECOND) {
      const rate = ((receivedBytes - this.#second.bytes) * SECOND) / elapsed;
      this.#second = { at: now, bytes: receivedBytes };
      this.#options.onSpeed(rate);
      if (this.#isOdd(rate)) return this.#onChange(rate, tick);
    }
    if (this.#isFixed || this.#usual === undefined || now < this.#probeAt) return undefined;
    this.#probeEveryMs = Math.min(PROBE_SELDOM_MS, this.#probeEveryMs * 2);
    this.#probeAt = now + this.#probeEveryMs;
    return this.#raise(this.#usual, tick, false) ? 'probe' : undefined;
  }

  /** Whether the speed has been another one for some seconds; otherwise it becomes part of what is usual. */
  #isOdd(rate: number): boolean {
    this.#usual ??= rate;
    const factor = Math.max(rate, this.#usual) / Math.max(1, Math.min(rate, this.#usual));
    if (factor < ODD) {
      this.#usual += USUAL_WEIGHT * (rate - this.#usual);
      this.#odd = 0;
      return false;
    }
    const weight = (factor < VERY_ODD ? 1 : 2) * Math.sign(rate - this.#usual);
    // Up and down by turns is no other line, but a restless one.
    this.#odd = Math.sign(weight) === Math.sign(this.#odd) ? this.#odd + weight : weight;
    return Math.abs(this.#odd) >= CHANGED_AFTER;
  }

  #onChange(rate: number, tick: ClimbTick): ClimbReason | undefined {
    this.#probeEveryMs = PROBE_EVERY_MS;
    // Fewer may do where less comes; where more comes, nothing says so, and trying it costs half of it.
    const isWorse = rate < (this.#usual ?? 0);
    this.#settle(rate, tick.now);
    // Whoever gave a number does not want it found out anew; refusals are obeyed all the same.
    if (this.#isFixed) return undefined;
    this.#options.onChanged();
    return this.#raise(rate, tick, isWorse) || (isWorse && this.#lower(rate, tick.now)) ? 'changed' : undefined;
  }

  #raise(rate: number, { now, allowed }: ClimbTick, thenFewer: boolean): boolean {
    const next = Math.min(this.#wish * 2, this.#options.most, allowed());
    if (next <= this.#wish || rate >= PLENTY * this.#wish) return false;
    const before = { connections: this.#wish, rate };
    this.#wish = next;
    this.#try(before, now, thenFewer);
    return true;
  }

  #lower(rate: number, now: number): boolean {
    if (this.#wish === 1) return false;
    const before = { connections: this.#wish, rate };
    this.#wish = Math.ceil(this.#wish / 2);
    this.#try(before, now, false);
    return true;
  }

  #try(before: Trial['before'], now: number, thenFewer: boolean): void {
    this.#yielded = undefined;
    this.#trial = { before, since: now, thenFewer, window: undefined };
  }

  #settle(rate: number | undefined, now: number): undefined {
    this.#trial = undefined;
    this.#usual = rate;
    this.#second = undefined;
    this.#odd = 0;
    this.#probeAt = now + this.#probeEveryMs;
  }
}
