/**
 * A circuit breaker (P-023): what does not work is left alone for a while, then tried with a few probes. The rules are
 * those of the requirement to the letter; why no library serves them is told in ADR 0012.
 */
import type { Clock } from '#kernel/clock';
import { MINUTE } from '#kernel/units';

export interface CircuitBreaker {
  /** Asks for leave to make one call. */
  admit(): Admission;
  /** Milliseconds until a call may be tried again; 0 = now. Takes no leave. */
  closedForMs(): number;
  view(): BreakerView;
}

export type Admission =
  /** `report` is called exactly once, however the call ended. */
  | { readonly admitted: true; report(outcome: CallOutcome): void }
  | { readonly admitted: false; readonly retryAfterMs: number };

export type CallOutcome =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure'; readonly reason: string }
  /** The far side said no (4xx), or the caller left: says nothing about whether it works. */
  | { readonly kind: 'refusal' };

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerView {
  readonly state: BreakerState;
  /** Why it opened last; null = it is closed. */
  readonly reason: string | null;
  /** Milliseconds until the first probe; 0 unless open. */
  readonly retryAfterMs: number;
  /** How often it opened since it was last closed. */
  readonly timesOpened: number;
}

const CONSECUTIVE_FAILURES = 5;
const WINDOW_MS = MINUTE;
const FEWEST_CALLS_IN_WINDOW = 20;
const FAILURE_SHARE = 0.5;
const FIRST_REST_MS = MINUTE;
const LONGEST_REST_MS = 15 * MINUTE;
const MOST_PROBES = 3;
const SUCCESSES_TO_CLOSE = 3;
/** When to come back while the probes of others are under way. */
const PROBE_PATIENCE_MS = 1000;

export function createCircuitBreaker(
  clock: Clock,
  onChange: (view: BreakerView) => void = () => undefined,
): CircuitBreaker {
  return new StateMachine(clock, onChange);
}

class StateMachine implements CircuitBreaker {
  readonly #clock: Clock;
  readonly #onChange: (view: BreakerView) => void;
  #state: BreakerState = 'closed';
  #reason: string | null = null;
  #timesOpened = 0;
  #openUntil = 0;
  /** Reports of calls that were admitted before the last change of state say nothing about this one. */
  #era = 0;
  #consecutive = 0;
  #recent: { readonly at: number; readonly failed: boolean }[] = [];
  #probes = 0;
  #probesPassed = 0;

  constructor(clock: Clock, onChange: (view: BreakerView) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  admit(): Admission {
    const retryAfterMs = this.closedForMs();
    if (retryAfterMs > 0) return { admitted: false, retryAfterMs };
    if (this.#state === 'open') this.#enter('half-open');
    if (this.#state === 'half-open') {
      // Those that passed keep their place: there are never more probes than it takes to be sure.
      if (this.#probes + this.#probesPassed >= MOST_PROBES) return { admitted: false, retryAfterMs: PROBE_PATIENCE_MS };
      this.#probes += 1;
    }
    const era = this.#era;
    let reported = false;
    return {
      admitted: true,
      report: (outcome) => {
        if (reported || this.#era !== era) return;
        reported = true;
        if (this.#state === 'half-open') this.#judgeProbe(outcome);
        else if (outcome.kind !== 'refusal') this.#count(outcome);
      },
    };
  }

  closedForMs(): number {
    return this.#state === 'open' ? Math.max(0, this.#openUntil - this.#clock.monotonic()) : 0;
  }

  view(): BreakerView {
    return {
      state: this.#state,
      reason: this.#reason,
      retryAfterMs: this.closedForMs(),
      timesOpened: this.#timesOpened,
    };
  }

  /** In the closed state: counts, and opens when it has been too much. */
  #count(outcome: Exclude<CallOutcome, { kind: 'refusal' }>): void {
    const now = this.#clock.monotonic();
    const failed = outcome.kind === 'failure';
    this.#consecutive = failed ? this.#consecutive + 1 : 0;
    this.#recent = [...this.#recent.filter(({ at }) => now - at < WINDOW_MS), { at: now, failed }];
    if (!failed) return;
    const calls = this.#recent.length;
    const failures = this.#recent.filter((ended) => ended.failed).length;
    const tooMany = calls >= FEWEST_CALLS_IN_WINDOW && failures >= calls * FAILURE_SHARE;
    if (this.#consecutive >= CONSECUTIVE_FAILURES || tooMany) this.#open(outcome.reason);
  }

  /** In the half-open state: one failure is enough to rest again, for longer. */
  #judgeProbe(outcome: CallOutcome): void {
    this.#probes -= 1;
    if (outcome.kind === 'failure') return this.#open(outcome.reason);
    if (outcome.kind === 'success') this.#probesPassed += 1;
    if (this.#probesPassed >= SUCCESSES_TO_CLOSE) this.#close();
  }

  #open(reason: string): void {
    const restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** this.#timesOpened);
    this.#openUntil = this.#clock.monotonic() + restMs;
    this.#timesOpened += 1;
    this.#reason = reason;
    this.#enter('open');
  }

  #close(): void {
    this.#timesOpened = 0;
    this.#reason = null;
    this.#enter('closed');
  }

  #enter(state: BreakerState): void {
    this.#state = state;
    this.#era += 1;
    this.#consecutive = 0;
    this.#recent = [];
    this.#probes = 0;
    this.#probesPassed = 0;
    this.#onChange(this.view());
  }
}
