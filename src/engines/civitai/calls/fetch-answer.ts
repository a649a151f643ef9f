/** Tries a call until it is answered, or until trying on cannot help (models.md A8). */
import type { Clock, Random } from '#kernel/clock';
import type { KuraError } from '#kernel/errors';

import { type ApiAnswer, type Asked, type ExchangeDeps, exchange } from './exchange.ts';
import type { RequestLogEntry } from './request-log.ts';
import { type FailureClass, failureClassOf, retryDelay, triesOf } from './retry-schedule.ts';
import type { Sleep } from './sleep.ts';
import { type OnWait, worthTellingMs } from './wait.ts';

export interface FetchDeps extends ExchangeDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly sleep: Sleep;
  /** Exchanges per call, the first included. */
  readonly maxAttempts: number;
  /** No new try once a call has lasted so long, waits included. */
  readonly budgetMs: number;
  readonly onRequest: (entry: RequestLogEntry) => void;
  readonly onWait: OnWait;
}

/** @throws KuraError of the last failure */
export async function fetchAnswer(deps: FetchDeps, asked: Asked): Promise<ApiAnswer> {
  const startedAt = deps.clock.monotonic();
  const failures = new Map<FailureClass, number>();
  for (let attempt = 1; ; attempt += 1) {
    const { result, entry } = await exchange(deps, asked, attempt);
    if ('value' in result) {
      deps.onRequest({ ...entry, retryInMs: null });
      return result.value;
    }
    const { error } = result;
    const failure = failureClassOf(error);
    const earlier = failures.get(failure) ?? 0;
    failures.set(failure, earlier + 1);
    const delay = retryDelay({ failure, earlier, retryAfterMs: error.retryAfterMs }, deps.random);
    const spentMs = deps.clock.monotonic() - startedAt;
    const most = Math.min(deps.maxAttempts, asked.tries ?? deps.maxAttempts);
    const worthwhile = attempt < most && spentMs + (delay ?? 0) < deps.budgetMs && isGuardOpen(deps);
    const retryInMs = worthwhile ? delay : null;
    deps.onRequest({ ...entry, retryInMs });
    pauseHost(deps, error, retryInMs);
    if (retryInMs === null) throw error;
    // A pause holds the whole host, this call included: it takes its place in the queue at once.
    if (failure === 'rate-limit') continue;
    if (spentMs + retryInMs > worthTellingMs) {
      const next = { attempt: attempt + 1, of: Math.min(most, attempt - earlier - 1 + triesOf(failure)) };
      deps.onWait({ host: deps.host, cause: 'retry', ms: retryInMs, next });
    }
    await deps.sleep(retryInMs, asked.signal);
  }
}

/** The quiet asked for concerns everybody on this host, also when this call gives up. */
function pauseHost({ pace, host }: FetchDeps, error: KuraError, retryInMs: number | null): void {
  const quietMs = failureClassOf(error) === 'rate-limit' ? (retryInMs ?? error.retryAfterMs) : error.retryAfterMs;
  if (quietMs !== undefined) pace.pause(host, quietMs);
}

function isGuardOpen({ guard, host }: FetchDeps): boolean {
  return guard.closedForMs(host) === 0;
}
