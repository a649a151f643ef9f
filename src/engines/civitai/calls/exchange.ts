/** One try of a call: wait for a turn, send, follow redirects, read, judge, and tell everybody who keeps count. */
import { type Clock, nowInstant } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import { MIB, SECOND } from '#kernel/units';

import { answerTooLarge, type HttpAnswer, type HttpTransport } from '../http-transport.ts';
import type { CallGuard, CallOutcome } from './call-guard.ts';
import { errorFromAnswer } from './error-from-answer.ts';
import { type Followed, followRedirects, type UnsentRequest } from './follow-redirects.ts';
import { endpointOf, type LiveAnswer } from './live-answer.ts';
import type { Pace } from './pace.ts';
import { type RequestLogEntry, redactUrl } from './request-log.ts';
import { failureClassOf } from './retry-schedule.ts';

export interface ExchangeDeps {
  /** Host and port of the API. */
  readonly host: string;
  readonly transport: HttpTransport;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly guard: CallGuard;
  /** From sending to the last byte of one exchange. */
  readonly timeoutMs: number;
  readonly onAnswer: (answer: LiveAnswer) => void;
}

export interface Asked {
  /** Below `/api/v1`. */
  readonly path: string;
  readonly request: UnsentRequest;
  readonly signal: AbortSignal;
  /** Exchanges at most; default what the client allows. */
  readonly tries?: number | undefined;
}

/** A success, or 304 for a request with conditions. */
export interface ApiAnswer {
  readonly answer: HttpAnswer;
  /** Undefined with 304. */
  readonly json: unknown;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

export interface Exchange {
  readonly result: { readonly value: ApiAnswer } | { readonly error: KuraError };
  readonly entry: Omit<RequestLogEntry, 'retryInMs'>;
}

/** A list page of 100 models is several MB; the official client stops here too (civitai-api.md §1.4). */
export const LARGEST_BODY = 64 * MIB;

/** @throws KuraError `civitai.circuit-open`, `civitai.rate-limited` before anything was sent, or the abort's reason. */
export async function exchange(deps: ExchangeDeps, asked: Asked, attempt: number): Promise<Exchange> {
  const { clock, pace, host } = deps;
  const queuedAt = clock.monotonic();
  refuseWhileOpen(deps);
  await pace.acquire(host, asked.signal);
  const admission = deps.guard.admit(host);
  if (!admission.admitted) throw circuitOpen(host, admission.retryAfterMs);
  const sentAt = clock.monotonic();
  const at = nowInstant(clock);
  let outcome: CallOutcome = { kind: 'refusal' };
  try {
    const sent = await send(deps, asked);
    const result = 'error' in sent ? sent : readAnswer(deps, asked, sent.answer);
    outcome = outcomeOf(result);
    pace.report(host, paceOutcomeOf(result), sentAt);
    return {
      result,
      entry: {
        at,
        method: asked.request.method,
        url: redactUrl(asked.request.url),
        host,
        status: 'answer' in sent ? sent.answer.status : null,
        attempt,
        redirects: 'answer' in sent ? sent.redirects : 0,
        waitedMs: sentAt - queuedAt,
        durationMs: clock.monotonic() - sentAt,
        bodyLength: 'answer' in sent ? sent.answer.body.length : 0,
        tokenSent: asked.request.headers['authorization'] !== undefined,
        errorCode: 'error' in result ? result.error.code : null,
      },
    };
  } finally {
    admission.report(outcome);
  }
}

function refuseWhileOpen({ guard, host }: ExchangeDeps): void {
  const closedForMs = guard.closedForMs(host);
  if (closedForMs > 0) throw circuitOpen(host, closedForMs);
}

function circuitOpen(host: string, retryAfterMs: number): KuraError {
  const params = { host, seconds: Math.ceil(retryAfterMs / SECOND) };
  return new KuraError('unavailable', 'civitai.circuit-open', { params, retryAfterMs: Math.ceil(retryAfterMs) });
}

async function send(deps: ExchangeDeps, asked: Asked): Promise<Followed | { readonly error: KuraError }> {
  const { signal, path } = asked;
  let timeout = AbortSignal.timeout(deps.timeoutMs);
  try {
    return await followRedirects(asked.request, async (request, hop) => {
      if (hop > 0) {
        await deps.pace.acquire(new URL(request.url).host, signal);
        timeout = AbortSignal.timeout(deps.timeoutMs);
      }
      return deps.transport.send({ ...request, signal: AbortSignal.any([signal, timeout]) });
    });
  } catch (cause) {
    signal.throwIfAborted();
    if (timeout.aborted) {
      const params = { path, seconds: Math.round(deps.timeoutMs / SECOND) };
      return { error: new KuraError('unavailable', 'civitai.timeout', { params, cause }) };
    }
    if (isKuraError(cause)) return { error: cause };
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { error: new KuraError('unavailable', 'civitai.unreachable', { params: { path, reason }, cause }) };
  }
}

function readAnswer(deps: ExchangeDeps, { path, request }: Asked, answer: HttpAnswer): Exchange['result'] {
  const { clock } = deps;
  const at = clock.now();
  if (answer.status === 304 && isConditional(request)) return { value: { answer, json: undefined, at } };
  const json = answer.body.length > LARGEST_BODY ? undefined : parseJson(answer.body);
  tell(deps, { endpoint: endpointOf(path), ...answer, json });
  if (answer.status < 200 || answer.status > 299) return { error: errorFromAnswer(answer, { path, clock }) };
  if (answer.body.length > LARGEST_BODY) return { error: answerTooLarge(LARGEST_BODY) };
  if (json !== undefined) return { value: { answer, json, at } };
  const params = { path, type: answer.headers['content-type'] ?? '' };
  return { error: new KuraError('unavailable', 'civitai.not-json', { params }) };
}

/** Whoever listens must not be able to break a call. */
function tell({ onAnswer }: ExchangeDeps, answer: LiveAnswer): void {
  try {
    onAnswer(answer);
  } catch {
    // The listener's own trouble; the answer is good all the same.
  }
}

function isConditional({ headers }: UnsentRequest): boolean {
  return headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined;
}

function outcomeOf(result: Exchange['result']): CallOutcome {
  if ('value' in result) return { kind: 'success' };
  return isFault(result.error) ? { kind: 'failure', reason: result.error.code } : { kind: 'refusal' };
}

function paceOutcomeOf(result: Exchange['result']) {
  if ('value' in result) return 'success';
  if (failureClassOf(result.error) === 'rate-limit') return 'throttled';
  // A clear no ("there is no such model") is an answer as good as any.
  return isFault(result.error) ? 'error' : 'success';
}

function isFault(error: KuraError): boolean {
  const failure = failureClassOf(error);
  return failure === 'network' || failure === 'server' || failure === 'unknown';
}

function parseJson(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch {
    return undefined;
  }
}
