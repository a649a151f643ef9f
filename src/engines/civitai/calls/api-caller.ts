/** One call to the API: out of the store of earlier answers, together with others who ask the same, or from the site. */
import { instant } from '#kernel/brands';
import type { Clock } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import { MINUTE, SECOND } from '#kernel/units';

import type { ApiBase } from '../hosts.ts';
import type { QueryParameter } from '../queries/sent-query.ts';
import { type AnswerCache, cacheKey, conditionsOf, mayKeep, type StoredAnswer, storedFrom } from './answer-cache.ts';
import { LARGEST_BODY } from './exchange.ts';
import { type FetchDeps, fetchAnswer } from './fetch-answer.ts';
import type { UnsentRequest } from './follow-redirects.ts';
import type { ReadOptions } from './read-options.ts';
import { createSingleFlight } from './single-flight.ts';

export interface CallLimits {
  /** Exchanges per call, the first included; default 6. */
  readonly maxAttempts: number;
  /** No new try once a call has lasted so long, waits included; default 10 minutes. */
  readonly budgetMs: number;
  /** From sending to the last byte of one exchange; default 30 s. */
  readonly timeoutMs: number;
}

export const defaultLimits: CallLimits = { maxAttempts: 6, budgetMs: 10 * MINUTE, timeoutMs: 30 * SECOND };

/** How a read of the store ended; `confirmed`: the site said that the stored answer still holds. */
export type CacheResult = 'hit' | 'miss' | 'confirmed';

export interface CacheUse {
  readonly answers: AnswerCache;
  /** How long an answer is as good as a new one; asked for each, so that a changed setting counts at once. */
  readonly freshMs: () => number;
  readonly onRead?: (result: CacheResult) => void;
}

export interface ApiCallerDeps extends FetchDeps {
  readonly base: ApiBase;
  /** Already decided: present only when it may travel to `base`. */
  readonly token: string | undefined;
  readonly userAgent: string;
  readonly cache: CacheUse | undefined;
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

interface Read {
  readonly json: unknown;
  readonly at: number;
  readonly stored: boolean;
}

export function createApiCaller(deps: ApiCallerDeps): ApiCaller {
  const flights = createSingleFlight<Read>();

  async function read(call: ApiCall): Promise<Read> {
    const request = requestFor(deps, call);
    if (request.method === 'POST') return fromSite(deps, call, request);
    const key = cacheKey(request.url, deps.token);
    const { refresh = false, tries } = call.options ?? {};
    // Whoever is patient must not share the haste of another.
    const flight = `${refresh ? 'refresh ' : ''}${tries === undefined ? '' : `${tries} `}${key}`;
    return flights.join(flight, call.signal, async (signal) => {
      const shared = { ...call, signal };
      return deps.cache !== undefined && mayKeep(call.path)
        ? throughCache(deps, deps.cache, { call: shared, request, key, refresh })
        : fromSite(deps, shared, request);
    });
  }

  return {
    call: async (call) => {
      try {
        const { json, at, stored } = await read(call);
        call.options?.onSeen?.({ at: instant(new Date(at)), stored });
        return json;
      } catch (error) {
        throw call.signal.aborted ? interruption(call.signal) : error;
      }
    },
  };
}

async function fromSite(
  deps: ApiCallerDeps,
  { path, signal, options }: ApiCall,
  request: UnsentRequest,
): Promise<Read> {
  const { json, at } = await fetchAnswer(deps, { path, request, signal, tries: options?.tries });
  return { json, at, stored: false };
}

interface CachedCall {
  readonly call: ApiCall;
  readonly request: UnsentRequest;
  readonly key: string;
  readonly refresh: boolean;
}

async function throughCache(
  deps: ApiCallerDeps,
  { answers, freshMs, onRead }: CacheUse,
  { call, request, key, refresh }: CachedCall,
): Promise<Read> {
  const found = await readable(answers, key);
  if (found !== null && !refresh && isFresh(found.stored, deps.clock, freshMs())) {
    onRead?.('hit');
    return { json: found.json, at: found.stored.at, stored: true };
  }
  const headers = { ...request.headers, ...(found === null ? {} : conditionsOf(found.stored)) };
  const { answer, json, at } = await fetchAnswer(deps, {
    path: call.path,
    request: { ...request, headers },
    signal: call.signal,
    tries: call.options?.tries,
  });
  const confirmed = answer.status === 304 && found !== null;
  onRead?.(confirmed ? 'confirmed' : 'miss');
  const kept = confirmed ? { ...found.stored, at } : storedFrom(answer, at);
  // Keeping it is nobody's concern who waits for the answer.
  if (kept !== null) void answers.write(key, kept);
  return { json: confirmed ? found.json : json, at, stored: false };
}

/** What cannot be parsed cannot have been an answer: as good as absent. */
async function readable(answers: AnswerCache, key: string) {
  const stored = await answers.read(key);
  if (stored === null) return null;
  try {
    const json: unknown = JSON.parse(stored.body);
    return { stored, json };
  } catch {
    return null;
  }
}

function isFresh({ at }: StoredAnswer, clock: Clock, freshMs: number): boolean {
  const ageMs = clock.now() - at;
  return ageMs >= 0 && ageMs < freshMs;
}

function requestFor(deps: ApiCallerDeps, call: ApiCall): UnsentRequest {
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

function interruption(signal: AbortSignal): KuraError {
  const reason: unknown = signal.reason;
  return isKuraError(reason) ? reason : new KuraError('interrupted', 'kernel.interrupted', { cause: reason });
}
