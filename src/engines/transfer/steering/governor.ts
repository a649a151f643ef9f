/** Decides how many connections one transfer has at any moment, and says why. */
import type { Clock } from '#kernel/clock';

import { Climber, type ClimbReason } from './climber.ts';
import type { HostSeat, HostState } from './host-state.ts';
import type { SteeringLimits } from './modes.ts';
import type { NetworkClass } from './network-class.ts';
import { Pressure, type PressureReason } from './pressure.ts';
import type { Vitals } from './vitals.ts';

/**
 * `gain` – more brought more, so twice as many are tried; `no-gain` – they brought nothing, back; `probe` – another try
 * after a while; `changed` – the line is another one; `fewer-suffice`, `fewer-lose` – the result of trying half;
 * `refused` – the host answered 429 or 503; `shared` – other transfers of the host came or went, or it is asked again
 * whether it takes more; `memory`, `lag`, `cpu` – the process is short of it; `calm` – no longer.
 */
export type SteeringReason = ClimbReason | PressureReason | 'start' | 'refused' | 'shared' | 'calm';

/** One change of the number of connections. */
export interface SteeringDecision {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly host: string;
  readonly from: number;
  readonly to: number;
  readonly reason: SteeringReason;
  readonly measured: {
    /** What usually comes over all connections, once that is known. */
    readonly bytesPerSecond: number | undefined;
    readonly networkClass: NetworkClass | undefined;
  } & Vitals;
}

export interface GovernorOptions {
  readonly host: HostState;
  readonly limits: SteeringLimits;
  readonly clock: Clock;
  readonly onDecision?: ((decision: SteeringDecision) => void) | undefined;
}

export interface SteeringSample {
  /** Bytes over all connections so far. */
  readonly receivedBytes: number;
  /** Connections that are bringing bytes. */
  readonly working: number;
  /** Everything is handed out: speeds say nothing any more. */
  readonly isEnding: boolean;
  readonly vitals: Vitals;
}

const KEPT = 100;

export class Governor implements Disposable {
  readonly #options: GovernorOptions;
  readonly #seat: HostSeat;
  readonly #climber: Climber;
  readonly #pressure: Pressure;
  readonly #decisions: SteeringDecision[] = [];
  #target: number;
  #vitals: Vitals;

  constructor(options: GovernorOptions, vitals: Vitals) {
    this.#options = options;
    const { host, limits, clock } = options;
    this.#vitals = vitals;
    this.#seat = host.enter();
    this.#pressure = new Pressure(limits);
    const learning = {
      ...limits,
      onSpeed: (rate: number) => host.gauge.sample(rate),
      onProven: (connections: number) => host.prove(connections),
      onChanged: () => host.changed(),
    };
    this.#climber = new Climber(learning, clock.monotonic(), limits.start < limits.most ? host.proven : undefined);
    this.#target = Math.max(1, Math.min(this.#climber.wish, host.shareOf(this.#seat)));
    this.#decide(0, 'start');
  }

  /** Connections this transfer should have now, at least one. */
  get target(): number {
    return this.#target;
  }

  /** The last hundred, oldest first. */
  get decisions(): readonly SteeringDecision[] {
    return this.#decisions;
  }

  /** How many connections are open or being opened; to be told. */
  get inUse(): number {
    return this.#seat.inUse;
  }

  set inUse(count: number) {
    this.#seat.inUse = count;
  }

  /** Looks at how it goes; call it some times a second. */
  tick({ receivedBytes, working, isEnding, vitals }: SteeringSample): void {
    const now = this.#options.clock.monotonic();
    this.#vitals = vitals;
    this.#seat.working = working;
    this.#options.host.carried();
    const capBefore = this.#pressure.cap;
    const shortOf = this.#pressure.tick(now, vitals, this.#target);
    if (shortOf) this.#aim(shortOf);
    if (this.#permitted < this.#target) this.#aim('shared');
    const allowed = () => (this.#pressure.mayAdd ? this.#permitted : this.#target);
    this.#climber.regain(allowed(), now);
    if (isEnding) this.#climber.pause();
    const reason = isEnding ? undefined : this.#climber.tick({ now, receivedBytes, working, allowed });
    this.#aim(reason ?? (this.#pressure.cap > capBefore ? 'calm' : 'shared'));
  }

  /** The host refused a connection for load, and that connection is given up. */
  refused(retryAfterMs: number | undefined): void {
    this.#options.host.refused(retryAfterMs);
    this.#aim('refused');
  }

  [Symbol.dispose](): void {
    this.#seat[Symbol.dispose]();
  }

  /** What the host and the process allow. */
  get #permitted(): number {
    return Math.max(1, Math.min(this.#options.host.shareOf(this.#seat), this.#pressure.cap));
  }

  #aim(reason: SteeringReason): void {
    const permitted = this.#permitted;
    this.#climber.yieldTo(permitted, this.#options.clock.monotonic());
    const from = this.#target;
    this.#target = Math.min(this.#climber.wish, permitted);
    if (this.#target !== from) this.#decide(from, reason);
  }

  #decide(from: number, reason: SteeringReason): void {
    const { host, clock, onDecision } = this.#options;
    const measured = {
      bytesPerSecond: this.#climber.usual,
      networkClass: host.gauge.networkClass,
      ...this.#vitals,
    };
    const decision = { at: clock.now(), host: host.name, from, to: this.#target, reason, measured };
    this.#decisions.push(decision);
    if (this.#decisions.length > KEPT) this.#decisions.shift();
    onDecision?.(decision);
  }
}
