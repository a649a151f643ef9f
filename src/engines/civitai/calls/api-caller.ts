/** One call to the API: wait for a turn, send, read, judge, and try again where that can help. */
import { type Clock, nowInstant, type Random } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import { MIB, MINUTE, SECOND } from '#kernel/units';

import type { ApiBase } from '../hosts.ts';
import { answerTooLarge, type HttpAnswer, type HttpRequest, type HttpTransport } from '../http-transport.ts';
import type { QueryParameter } from '../queries/sent-query.ts';
import { errorFromAnswer } from './error-from-answer.ts';
import type { Pace } from './pace.ts';
import type { ReadOptions } from './read-options.ts';
import { type RequestLogEntry, redactUrl } from './request-log.ts';
import { type FailureClass, failureClassOf, retryDelay } from './retry-schedule.ts';
import type { Sleep } from './sleep.ts';

export interface CallLimits {
  /** Exchanges per call, the first included; default 6. */
  readonly maxAttempts: number;
  /** No new try once a call has lasted so long, waits included; default 10 minutes. */
  readonly budgetMs: number;
  /** From sending to the last byte of one exchange; default 30 s. */
  readonly timeoutMs: number;
}

export const defaultLimits: CallLimits = { maxAttempts: 6, budgetMs: 10 * MINUTE, timeoutMs: 30 * SECOND };

/** A list page of 100 models is several MB; the official client stops here too (civitai-api.md §1.4). */
const LARGEST_BODY = 64 * MIB;

export interface ApiCallerDeps {
  readonly base: ApiBase;
  /** Already decided: present only when it may travel to `base`. */
  readonly token: string | undefined;
  readonly userAgent: string;
  readonly transport: HttpTransport;
  readonly clock: Clock;
  readonly random: Random;
  readonly sleep: Sleep;
  readonly pace: Pace;
  readonly limits: CallLimits;
  readonly onRequest: (entry: RequestLogEntry) => void;
}

export interface ApiCall {
  /** Below `/api/v1`, e.g. `/models/123`. */
  readonly path: string;
  readonly parameters?: readonly QueryParameter[];
  /** Sent as JSON with POST; absent = GET. */
  readonly body?: unknown;
  readonly options?: ReadOptions;
  readonly signal: AbortSignal;
}

export interface ApiCaller {
  /**
   * The JSON of a success.
   * @throws KuraError of the `civitai.*` family, `kernel.interrupted` when aborted, or the transport's own.
   */
  call(call: ApiCall): Promise<unknown>;
}

interface Exchange {
  readonly result: { readonly value: unknown } | { readonly error: KuraError };
  readonly entry: Omit<RequestLogEntry, 'retryInMs'>;
}

export function createApiCaller(deps: ApiCallerDeps): ApiCaller {
  return {
    call: async (call) => {
      try {
        return await callUntilDone(deps, call);
      } catch (error) {
        throw call.signal.aborted ? interruption(call.signal) : error;
      }
    },
  };
}

async function callUntilDone(deps: ApiCallerDeps, call: ApiCall): Promise<unknown> {
  const startedAt = deps.clock.monotonic();
  const failures = new Map<FailureClass, number>();
  for (let attempt = 1; ; attempt += 1) {
    const { result, entry } = await exchange(deps, call, attempt);
    if ('value' in result) {
      deps.onRequest({ ...entry, retryInMs: null });
      return result.value;
    }
    const { error } = result;
    const failure = failureClassOf(error);
    const earlier = failures.get(failure) ?? 0;
    failures.set(failure, earlier + 1);
    const spentMs = deps.clock.monotonic() - startedAt;
    const delay = retryDelay({ failure, earlier, retryAfterMs: error.retryAfterMs }, deps.random);
    const retryInMs = attempt < deps.limits.maxAttempts && spentMs + (delay ?? 0) < deps.limits.budgetMs ? delay : null;
    deps.onRequest({ ...entry, retryInMs });
    // The quiet asked for concerns everybody on this host, also when this call gives up.
    const quietMs = failure === 'rate-limit' ? (retryInMs ?? error.retryAfterMs) : error.retryAfterMs;
    if (quietMs !== undefined) deps.pace.pause(deps.base.host, quietMs);
    if (retryInMs === null) throw error;
    await deps.sleep(retryInMs, call.signal);
  }
}

async function exchange(deps: ApiCallerDeps, call: ApiCall, attempt: number): Promise<Exchange> {
  const { clock } = deps;
  const queuedAt = clock.monotonic();
  await deps.pace.acquire(deps.base.host, call.signal);
  const sentAt = clock.monotonic();
  const at = nowInstant(clock);
  const request = requestFor(deps, call);
  const outcome = await send(deps, request, call);
  const result = 'error' in outcome ? outcome : readAnswer(outcome.answer, call.path, clock);
  return {
    result,
    entry: {
      at,
      method: request.method,
      url: redactUrl(request.url),
      status: 'answer' in outcome ? outcome.answer.status : null,
      attempt,
      waitedMs: sentAt - queuedAt,
      durationMs: clock.monotonic() - sentAt,
      bodyLength: 'answer' in outcome ? outcome.answer.body.length : 0,
      tokenSent: deps.token !== undefined,
      errorCode: 'error' in result ? result.error.code : null,
    },
  };
}

function requestFor(deps: ApiCallerDeps, call: ApiCall): Omit<HttpRequest, 'signal'> {
  const query = new URLSearchParams();
  for (const { name, value } of call.parameters ?? []) query.append(name, value);
  const url = `${deps.base.apiUrl}${call.path}${query.size === 0 ? '' : `?${query.toString()}`}`;
  const headers = {
    accept: 'application/json',
    'user-agent': deps.userAgent,
    ...(deps.token === undefined ? {} : { authorization: `Bearer ${deps.token}` }),
  };
  if (call.body === undefined) return { method: 'GET', url, headers, maxBodyBytes: LARGEST_BODY };
  return {
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(call.body),
    maxBodyBytes: LARGEST_BODY,
  };
}

async function send(
  { transport, limits }: ApiCallerDeps,
  request: Omit<HttpRequest, 'signal'>,
  { signal, path }: ApiCall,
): Promise<{ readonly answer: HttpAnswer } | { readonly error: KuraError }> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  try {
    return { answer: await transport.send({ ...request, signal: AbortSignal.any([signal, timeout]) }) };
  } catch (cause) {
    signal.throwIfAborted();
    if (timeout.aborted) {
      const params = { path, seconds: Math.round(limits.timeoutMs / SECOND) };
      return { error: new KuraError('unavailable', 'civitai.timeout', { params, cause }) };
    }
    if (isKuraError(cause)) return { error: cause };
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { error: new KuraError('unavailable', 'civitai.unreachable', { params: { path, reason }, cause }) };
  }
}

function readAnswer(answer: HttpAnswer, path: string, clock: Clock): Exchange['result'] {
  if (answer.status < 200 || answer.status > 299) return { error: errorFromAnswer(answer, { path, clock }) };
  if (answer.body.length > LARGEST_BODY) return { error: answerTooLarge(LARGEST_BODY) };
  try {
    const value: unknown = JSON.parse(answer.body);
    return { value };
  } catch (cause) {
    const params = { path, type: answer.headers['content-type'] ?? '' };
    return { error: new KuraError('unavailable', 'civitai.not-json', { params, cause }) };
  }
}

function interruption(signal: AbortSignal): KuraError {
  const reason: unknown = signal.reason;
  return isKuraError(reason) ? reason : new KuraError('interrupted', 'kernel.interrupted', { cause: reason });
}
