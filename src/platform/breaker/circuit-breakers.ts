/** One circuit breaker per remote host or dependency, and what they show to people and to Prometheus. */
import type { Clock } from '#kernel/clock';
import type { Probe } from '#platform/health';
import type { Logger } from '#platform/log';
import type { Metrics } from '#platform/metrics';

import { type Admission, type BreakerState, type BreakerView, createCircuitBreaker } from './circuit-breaker.ts';

export interface CircuitBreakers {
  /** Asks for leave to call `host`; see `CircuitBreaker.admit`. */
  admit(host: string): Admission;
  closedForMs(host: string): number;
  /** By host, those that were ever called. */
  views(): ReadonlyMap<string, BreakerView>;
}

export interface CircuitBreakersDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

const stateNumbers: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 };

export function createCircuitBreakers({ clock, logger, metrics }: CircuitBreakersDeps): CircuitBreakers {
  const breakers = new Map<string, ReturnType<typeof createCircuitBreaker>>();
  const changes = metrics.counter('kura_circuit_breaker_changes_total', 'Changes of state, by host and new state.', [
    'host',
    'state',
  ]);

  function breakerOf(host: string) {
    const known = breakers.get(host);
    if (known !== undefined) return known;
    const breaker = createCircuitBreaker(clock, (view) => {
      changes.inc({ host, state: view.state });
      logger.warn('breaker.changed', { host, ...view });
    });
    breakers.set(host, breaker);
    return breaker;
  }

  function views(): ReadonlyMap<string, BreakerView> {
    return new Map([...breakers].map(([host, breaker]) => [host, breaker.view()]));
  }

  metrics.labelledGauge('kura_circuit_breaker_state', 'State by host: 0 closed, 1 half-open, 2 open.', ['host'], () =>
    [...views()].map(([host, { state }]) => ({ labels: { host }, value: stateNumbers[state] })),
  );

  return {
    admit: (host) => breakerOf(host).admit(),
    closedForMs: (host) => breakers.get(host)?.closedForMs() ?? 0,
    views,
  };
}

/** Degraded while a host is left alone: Kura itself works. */
export function breakerProbe(breakers: CircuitBreakers): Probe {
  return {
    name: 'remote-hosts',
    run: async () => {
      const views = [...breakers.views()];
      const resting = views.filter(([, { state }]) => state !== 'closed');
      return {
        state: resting.length === 0 ? 'ok' : 'degraded',
        detail: resting.length === 0 ? `${views.length} called, all closed` : resting.map(describe).join('; '),
      };
    },
  };
}

function describe([host, { state, reason, retryAfterMs }]: readonly [string, BreakerView]): string {
  const until = state === 'open' ? `, next try in ${Math.ceil(retryAfterMs / 1000)} s` : '';
  return `${host} ${state}${until} (${reason ?? 'unknown'})`;
}
