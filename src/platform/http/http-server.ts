/** The server edge: authenticate → permission → validate → use case → output schema → problem details → one log line. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { isKuraError, KuraError, toKuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import { MIB, SECOND } from '#kernel/units';
import { authorizeAccess, type Caller } from '#platform/access';
import { streamedFile } from '#platform/contract';
import type { Translator } from '#platform/i18n';
import type { Idempotency } from '#platform/idempotency';
import type { Logger } from '#platform/log';
import type { Metrics } from '#platform/metrics';
import type { RateLimits } from '#platform/rate-limits';

import { createAnswering } from './answering.ts';
import { type Client, type ClientReader, createClientReader } from './client.ts';
import { parseInput } from './parse-input.ts';
import { problemOf } from './problem.ts';
import { type RefusedRequest, refusedBy } from './refused-request.ts';
import { createRequestCharge, type RequestCharge } from './request-charge.ts';
import {
  type Authenticate,
  credentialsOf,
  refuseForeignWrites,
  requestLanguage,
  requireCsrfToken,
} from './request-guard.ts';
import type { RouteHandler } from './route-handler.ts';
import { securityHeaders } from './security-headers.ts';
import { begun } from './streamed-answer.ts';

export interface HttpServerDeps {
  readonly handlers: readonly RouteHandler[];
  readonly authenticate: Authenticate;
  /** Default: no proxy is trusted. */
  readonly clientOf?: ClientReader;
  /** Default: everybody may ask as often as they like. */
  readonly limits?: RateLimits;
  /** Default: idempotency keys are passed over. */
  readonly idempotency?: Idempotency;
  readonly translators: Readonly<Record<Language, Translator>>;
  readonly defaultLanguage: Language;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Hears of requests that were refused for who asked. */
  readonly onRefused?: (refused: RefusedRequest) => void;
  /** So long a request may take to arrive, body included; a minute unless said otherwise. */
  readonly requestTimeoutMs?: number;
  /** Aborted when the server begins to stop. */
  readonly stopping: AbortSignal;
}

const BODY_BYTES = 8 * MIB;
const REQUEST_TIMEOUT_MS = 60 * SECOND;
const HEADERS_TIMEOUT_MS = 20 * SECOND;

/** The Fastify instance with every contract registered; the caller listens and closes. */
export async function createHttpServer(deps: HttpServerDeps): Promise<FastifyInstance> {
  // Commands share this door and should not wait for a web server they do not start.
  const { default: Fastify } = await import('fastify');
  const server = Fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: BODY_BYTES,
    requestTimeout: deps.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    // Node looks at connections by the clock; half a header must not hold one longer than a whole request may.
    http: {
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, deps.requestTimeoutMs ?? HEADERS_TIMEOUT_MS),
      connectionsCheckingInterval: Math.min(5 * SECOND, deps.requestTimeoutMs ?? HEADERS_TIMEOUT_MS),
    },
    // Longer than proxies keep theirs (nginx: 60 s): else one of them sends on a connection that is being closed.
    keepAliveTimeout: 75 * SECOND,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  });
  // A form of another site can send text/plain without asking first; nothing here reads it.
  server.removeContentTypeParser('text/plain');
  const clientOf = deps.clientOf ?? createClientReader([]);
  addHeaders(server, clientOf);
  addObservation(server, deps);
  const answering = createAnswering(deps.handlers, deps.idempotency);
  for (const handler of deps.handlers) addRoute(server, handler, { ...deps, clientOf, answering });
  server.setNotFoundHandler((request, reply) => {
    const error = new KuraError('not-found', 'http.no-route', {
      params: { method: request.method, path: pathOf(request) },
    });
    return sendProblem(request, reply, error, deps);
  });
  server.setErrorHandler((error, request, reply) => sendProblem(request, reply, fromFastify(error), deps));
  return server;
}

type RouteDeps = HttpServerDeps & {
  readonly clientOf: ClientReader;
  readonly answering: ReturnType<typeof createAnswering>;
};

function clientBehind({ socket, protocol, headers }: FastifyRequest, clientOf: ClientReader): Client {
  return clientOf({ address: socket.remoteAddress, encrypted: protocol === 'https', headers });
}

/** Who sent a request that is being answered, for whoever hears that it was refused. */
const callers = new WeakMap<FastifyRequest, { readonly client: Client; readonly caller?: Caller | undefined }>();

const charges = new WeakMap<FastifyRequest, RequestCharge>();

function refusedRequest(request: FastifyRequest, error: KuraError): RefusedRequest | undefined {
  const { caller, client } = callers.get(request) ?? {};
  const target = request.routeOptions.config.routeId ?? pathOf(request);
  const credentials = credentialsOf(request.headers, client?.secure === true);
  return refusedBy(error, { caller, credentials, address: client?.address, target, requestId: request.id });
}

function addRoute(server: FastifyInstance, handler: RouteHandler, deps: RouteDeps): void {
  const { route } = handler;
  server.route({
    method: route.method,
    url: route.path,
    config: { routeId: route.id },
    bodyLimit: route.bodyBytes ?? BODY_BYTES,
    handler: async (request, reply) => {
      const client = clientBehind(request, deps.clientOf);
      callers.set(request, { client });
      refuseForeignWrites(request, client.host);
      const charge = createRequestCharge({ route, client, reply, limits: deps.limits });
      charges.set(request, charge);
      const isPublic = typeof route.access === 'object';
      const caller = await charge.identify(() => authenticated(request, client, isPublic, deps));
      callers.set(request, { client, caller });
      if (typeof route.access !== 'object') requireCsrfToken(request, client.secure);
      authorizeAccess(route.access, caller);
      const language = requestLanguage(request, caller, deps.defaultLanguage);
      const input = parseInput(route, { params: request.params, query: request.query, body: request.body }, language);
      const context = {
        caller,
        session: credentialsOf(request.headers, client.secure).session,
        client,
        headers: request.headers,
        language,
        requestId: request.id,
        nonce: reply.nonce,
        signal: AbortSignal.any([deps.stopping, clientGone(reply)]),
        reply: {
          header: (name: string, value: string) => void reply.header(name, value),
          status: (code: number) => void reply.code(code),
        },
      };
      void reply.code(route.status);
      const answer = await deps.answering({ handler, request, input, context });
      await charge.settle();
      void reply.headers(answer.headers);
      if (answer.notModified === true) return reply.code(304).send();
      return reply.send(
        route.output === streamedFile ? await begun(streamedFile.parse(answer.payload)) : answer.payload,
      );
    },
  });
}

/** A public route knows its caller when there is one, and does not mind credentials that no longer hold. */
async function authenticated(
  request: FastifyRequest,
  client: Client,
  isPublic: boolean,
  deps: HttpServerDeps,
): Promise<Caller | undefined> {
  try {
    return await deps.authenticate({ ...credentialsOf(request.headers, client.secure), client });
  } catch (error) {
    if (isPublic && isKuraError(error) && error.kind === 'unauthenticated') return undefined;
    throw error;
  }
}

function addHeaders(server: FastifyInstance, clientOf: ClientReader): void {
  server.decorateReply('nonce', '');
  server.addHook('onRequest', async (request, reply) => {
    reply.nonce = randomBytes(16).toString('base64');
    const { secure } = clientBehind(request, clientOf);
    void reply.headers({
      ...securityHeaders(reply.nonce, secure),
      'x-request-id': request.id,
      'x-correlation-id': correlationOf(request),
      'cache-control': 'no-store',
    });
  });
}

function addObservation(server: FastifyInstance, deps: HttpServerDeps): void {
  const requests = deps.metrics.counter('kura_http_requests_total', 'Requests by route contract, method and status.', [
    'route',
    'method',
    'status',
  ]);
  const seconds = deps.metrics.histogram('kura_http_request_seconds', 'Time to answer a request.', ['route', 'method']);
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.config.routeId ?? 'other';
    requests.inc({ route, method: request.method, status: String(reply.statusCode) });
    seconds.observe({ route, method: request.method }, reply.elapsedTime / 1000);
    deps.logger.info('http.request', {
      requestId: request.id,
      correlationId: correlationOf(request),
      route,
      method: request.method,
      path: pathOf(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    });
  });
}

async function sendProblem(request: FastifyRequest, reply: FastifyReply, error: KuraError, deps: HttpServerDeps) {
  if (error.kind === 'internal') deps.logger.error('http.failed', error, { requestId: request.id });
  const refused = refusedRequest(request, error);
  if (refused !== undefined) deps.onRefused?.(refused);
  await charges.get(request)?.settle(error);
  const translator = deps.translators[requestLanguage(request, callers.get(request)?.caller, deps.defaultLanguage)];
  const problem = problemOf(error, translator, { path: pathOf(request), id: request.id });
  if (error.retryAfterMs !== undefined) void reply.header('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
  if (error.kind === 'unauthenticated') void reply.header('www-authenticate', 'Bearer realm="kura"');
  return reply.code(problem.status).type('application/problem+json').send(problem);
}

/** Fastify's own refusals (bad JSON, too large, unsupported type) as members of the family. */
function fromFastify(error: unknown): KuraError {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status !== 'number' || status < 400 || status >= 500) return toKuraError(error);
  if (status === 413) return new KuraError('invalid', 'http.body-too-large', { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new KuraError('invalid', 'http.bad-request', { params: { reason }, cause: error });
}

/** Heard from the response, not from its socket, which serves many requests and would collect a listener of each. */
function clientGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** What the caller names a chain of requests by, echoed and logged; the audit log goes by ids that only Kura gives. */
function correlationOf({ headers, id }: FastifyRequest): string {
  const given = headers['x-correlation-id'];
  return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : id;
}

/** Without its query, as a URI may be written (RFC 3986): Node lets clients send markup and raw bytes, which no answer repeats. */
function pathOf(request: FastifyRequest): string {
  const [path = ''] = request.url.split('?');
  return path.replaceAll(/[^\w!#$%&'()*+,./:;=@~-]/g, (odd) => `%${odd.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
