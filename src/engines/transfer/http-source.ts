/**
 * Asks for bytes: resolves the address once for all connections, follows redirects by hand, keeps credentials at home.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import type { AnswerBody } from './answer-body.ts';
import { checkEgress } from './checked-lookup.ts';
import type { EgressPolicy } from './egress-policy.ts';
import type { HostPauses } from './host-pauses.ts';
import { StreamBody } from './stream-body.ts';
import type { ResolveSource, SourceAddress } from './transfer-request.ts';
import { Wire, type WireAnswer, type WireRequest } from './wire/wire.ts';

/** Bytes [start, end) of the file; `end` left out means up to its end. */
export interface WantedRange {
  readonly start: number;
  readonly end?: number | undefined;
  readonly ifRange?: string | undefined;
}

export interface SourceAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: AnswerBody;
  readonly url: URL;
  /** Came from an address remembered from an earlier answer, not from a fresh one. */
  readonly fromMemory: boolean;
  /** Asking for the address anew may lead elsewhere. */
  readonly canRelocate: boolean;
  readonly generation: number;
}

export interface HttpSourceDeps {
  readonly source: SourceAddress | ResolveSource;
  /** What sends the requests: connections of our own, or somebody else's. */
  readonly carrier: Wire | Dispatcher;
  readonly egress: EgressPolicy | undefined;
  readonly headersTimeoutMs: number;
  /** Asked before a host is asked for an address. */
  readonly hostPauses?: HostPauses | undefined;
}

interface Place {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

const MAX_REDIRECTS = 10;
/** Everything else a caller sends may be a credential, `x-api-key` as well as Authorization. */
const harmlessHeaders = new Set(['user-agent', 'accept', 'accept-language']);
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

export class HttpSource {
  readonly #deps: HttpSourceDeps;
  #origin: string | undefined;
  #known: Place | undefined;
  #generation = 0;
  #attempt = 0;
  #locating: Promise<void> | undefined;

  constructor(deps: HttpSourceDeps) {
    this.#deps = deps;
  }

  /** Scheme, host and path of the address last given, without what may be secret; undefined before the first request. */
  get origin(): string | undefined {
    return this.#origin;
  }

  /** Host of that address, with its port. */
  get host(): string {
    return URL.parse(this.#origin ?? '')?.host ?? '';
  }

  /** Sends one request, without a Range header when `range` is undefined. The answer may have any status but a redirect. */
  async open(range: WantedRange | undefined, signal: AbortSignal): Promise<SourceAnswer> {
    while (!this.#known && this.#locating) await this.#locating;
    if (this.#known) return this.#follow(this.#known, range, signal);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#locating = promise;
    try {
      return await this.#follow(undefined, range, signal);
    } finally {
      this.#locating = undefined;
      resolve();
    }
  }

  /** Forgets the address that gave this answer, unless a newer one is known already. */
  forget(answer: SourceAnswer): void {
    if (answer.generation === this.#generation) this.forgetAddress();
  }

  /** The next request asks for the address anew. */
  forgetAddress(): void {
    this.#known = undefined;
  }

  async #follow(known: Place | undefined, range: WantedRange | undefined, signal: AbortSignal): Promise<SourceAnswer> {
    const generation = this.#generation + (known ? 0 : 1);
    const start = known ?? (await this.#locate(signal));
    let place = start;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const { status, headers, body } = await this.#send(place, range, signal);
      const location = redirectStatuses.has(status) ? headerText(headers.location) : undefined;
      if (location === undefined) {
        if (status < 400) {
          this.#known = place;
          this.#generation = generation;
        }
        const canRelocate = known !== undefined || place !== start || typeof this.#deps.source === 'function';
        return { status, headers, body, url: place.url, fromMemory: known !== undefined, canRelocate, generation };
      }
      body.close();
      place = redirect(place, location);
    }
    throw new KuraError('unavailable', 'transfer.too-many-redirects', { params: { host: start.url.host } });
  }

  async #locate(signal: AbortSignal): Promise<Place> {
    const { source } = this.#deps;
    this.#attempt += 1;
    const address = typeof source === 'function' ? await source(this.#attempt, signal) : source;
    const place = withoutUserInfo(parseUrl(address.url), lowerCased(address.headers ?? {}));
    this.#origin = place.url.origin + place.url.pathname;
    await this.#deps.hostPauses?.pass(place.url.host, signal);
    return place;
  }

  async #send(place: Place, range: WantedRange | undefined, signal: AbortSignal): Promise<WireAnswer> {
    await checkEgress(place.url, this.#deps.egress);
    const headers = { 'user-agent': 'Kura', accept: '*/*', ...place.headers, ...rangeHeaders(range) };
    const { carrier, headersTimeoutMs } = this.#deps;
    const request = { url: place.url, headers, signal, headersTimeoutMs };
    return carrier instanceof Wire ? carrier.request(request) : dispatch(carrier, request);
  }
}

async function dispatch(dispatcher: Dispatcher, request: WireRequest): Promise<WireAnswer> {
  const { statusCode, headers, body } = await dispatcher.request({
    origin: request.url.origin,
    path: request.url.pathname + request.url.search,
    method: 'GET',
    headers: request.headers,
    signal: request.signal,
    headersTimeout: request.headersTimeoutMs,
    // The body is watched by StallWatch, which tells waiting for bytes from waiting for the disk.
    bodyTimeout: 0,
  });
  return { status: statusCode, headers, body: new StreamBody(body) };
}

export function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function rangeHeaders(range: WantedRange | undefined): Record<string, string> {
  const encoding = { 'accept-encoding': 'identity' };
  if (!range) return encoding;
  const last = range.end === undefined ? '' : String(range.end - 1);
  return {
    ...encoding,
    range: `bytes=${range.start}-${last}`,
    ...(range.ifRange !== undefined && { 'if-range': range.ifRange }),
  };
}

function redirect(from: Place, location: string): Place {
  const url = parseUrl(location, from.url);
  if (url.searchParams.get('reason') === 'download-auth' || /\/log-?in\/?$/.test(url.pathname)) {
    throw new KuraError('unauthenticated', 'transfer.login-required', { params: { host: from.url.host } });
  }
  if (from.url.protocol === 'https:' && url.protocol !== 'https:') {
    throw new KuraError('refused', 'transfer.insecure-redirect', { params: { from: from.url.host, to: url.host } });
  }
  if (url.origin === from.url.origin) return { url, headers: from.headers };
  const kept = Object.entries(from.headers).filter(([name]) => harmlessHeaders.has(name));
  return { url, headers: Object.fromEntries(kept) };
}

function parseUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  // The scheme alone: the rest of a wrong address may hold a secret.
  throw new KuraError('refused', 'transfer.bad-address', { params: { scheme: url?.protocol ?? '' } });
}

/** `https://user:pass@host` as a header (RFC 7617): user names do not belong into a request line. */
function withoutUserInfo(url: URL, headers: Readonly<Record<string, string>>): Place {
  if (url.username === '' && url.password === '') return { url, headers };
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return { url: bare, headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}`, ...headers } };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Time a server may take to begin its answer when the caller sets no idle time-out. */
export const DEFAULT_IDLE_MS = 30 * SECOND;
