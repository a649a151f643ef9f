import type { Clock, Random } from '#kernel/clock';

import { type ApiCaller, type CacheUse, type CallLimits, createApiCaller, defaultLimits } from './calls/api-caller.ts';
import { type CallGuard, openGuard } from './calls/call-guard.ts';
import type { LiveAnswer } from './calls/live-answer.ts';
import { createPace, type Pace } from './calls/pace.ts';
import type { RequestLogEntry } from './calls/request-log.ts';
import { sleep as realSleep, type Sleep } from './calls/sleep.ts';
import type { OnWait } from './calls/wait.ts';
import type { CivitaiClient } from './civitai-client.ts';
import { buildDownloadUrl, buildMaterialUrl } from './download-url.ts';
import { accountCalls } from './endpoints/account-calls.ts';
import { collectionCalls } from './endpoints/collection-calls.ts';
import { directoryCalls } from './endpoints/directory-calls.ts';
import { hashCalls } from './endpoints/hash-calls.ts';
import { imageCalls } from './endpoints/image-calls.ts';
import { modelCalls } from './endpoints/model-calls.ts';
import { createPageSizes, type PageSizes } from './endpoints/page-sizes.ts';
import { vaultCalls } from './endpoints/vault-calls.ts';
import { type ApiBase, readApiBase } from './hosts.ts';
import type { HttpTransport } from './http-transport.ts';

export interface CivitaiClientOptions {
  /** `https://civitai.com`, with or without `/api/v1`; any compatible server. */
  readonly baseUrl: string;
  /** API key; travels in the Authorization header, only to `baseUrl`, only over https or on this machine. */
  readonly token?: string;
  readonly transport: HttpTransport;
  readonly clock: Clock;
  readonly random: Random;
  /** Shared by all clients of a process; default: one of its own, one request per two seconds. */
  readonly pace?: Pace;
  readonly sleep?: Sleep;
  readonly limits?: Partial<CallLimits>;
  /** A circuit breaker; default: none. */
  readonly guard?: CallGuard;
  /** Keeps answers to GET; default: every question goes to the site. */
  readonly cache?: CacheUse;
  /** Called for every answer that came from the site, not for stored ones. What it throws is swallowed. */
  readonly onAnswer?: (answer: LiveAnswer) => void;
  /** Told of waits before a retry; waits for a turn are told by the pace. */
  readonly onWait?: OnWait;
  /** Called after every exchange, retried ones included. */
  readonly onRequest?: (entry: RequestLogEntry) => void;
  /** A product token with an address; words of browsers in it change the server's answers (civitai-api.md §4.2). */
  readonly userAgent?: string;
}

/** @throws KuraError `civitai.base-url-invalid`. */
export function createCivitaiClient(options: CivitaiClientOptions): CivitaiClient {
  const base = readApiBase(options.baseUrl);
  const token = options.token?.trim() || undefined;
  const usableToken = base.safeForToken ? token : undefined;
  const { clock, sleep = realSleep } = options;
  const shared = { ...options, pace: options.pace ?? createPace({ clock, sleep }) };
  const once = { ...shared, limits: { ...options.limits, maxAttempts: 1 } };
  return clientOver(callerFor(shared, base, usableToken), {
    base,
    tokenUse: tokenUseOf(token, usableToken),
    onceCaller: callerFor(once, base, usableToken),
    pageSizes: createPageSizes(),
  });
}

interface ClientFacts {
  readonly base: ApiBase;
  readonly tokenUse: CivitaiClient['tokenUse'];
  readonly onceCaller: ApiCaller;
  readonly pageSizes: PageSizes;
}

function clientOver(caller: ApiCaller, facts: ClientFacts): CivitaiClient {
  const { base, tokenUse, onceCaller, pageSizes } = facts;
  const signedIn = tokenUse === 'sent';
  return {
    siteUrl: base.siteUrl,
    tokenUse,
    ...modelCalls({ caller, signedIn, pageSizes }),
    ...hashCalls(caller),
    ...imageCalls(caller, pageSizes),
    ...directoryCalls(caller),
    ...collectionCalls(caller),
    ...accountCalls(caller, signedIn),
    ...vaultCalls({ caller, onceCaller, signedIn }),
    with: (options) =>
      clientOver({ call: async (call) => caller.call({ ...call, options: { ...options, ...call.options } }) }, facts),
    downloadUrl: (version, file) => buildDownloadUrl(base.siteUrl, version, file),
    materialUrl: (kind, id) => buildMaterialUrl(base.siteUrl, kind, id),
  };
}

function callerFor(options: CivitaiClientOptions, base: ApiBase, token: string | undefined): ApiCaller {
  const { transport, clock, random, sleep = realSleep } = options;
  return createApiCaller({
    base,
    host: base.host,
    token,
    transport,
    clock,
    random,
    sleep,
    userAgent: options.userAgent ?? 'Kura/1',
    pace: options.pace ?? createPace({ clock, sleep }),
    guard: options.guard ?? openGuard,
    cache: options.cache,
    ...defaultLimits,
    ...options.limits,
    onRequest: (entry) => options.onRequest?.(entry),
    onAnswer: (answer) => options.onAnswer?.(answer),
    onWait: (wait) => options.onWait?.(wait),
  });
}

function tokenUseOf(given: string | undefined, usable: string | undefined): CivitaiClient['tokenUse'] {
  if (given === undefined) return 'none';
  return usable === undefined ? 'withheld' : 'sent';
}
