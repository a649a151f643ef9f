/** From a validated request to its answer: conditions, idempotency keys, entity tags (P-050). */
import type { FastifyRequest } from 'fastify';

import type { RouteContract, RouteInput } from '#platform/contract';
import { type Idempotency, type KeptAnswer, readIdempotencyKey } from '#platform/idempotency';

import { entityTagOf, namesTag } from './entity-tags.ts';
import { createPreconditions } from './preconditions.ts';
import { callerName } from './request-charge.ts';
import { collectHeaders, type RequestContext, type RouteHandler } from './route-handler.ts';

export interface ToAnswer {
  readonly handler: RouteHandler;
  readonly request: FastifyRequest;
  readonly input: RouteInput<RouteContract>;
  readonly context: RequestContext;
}

export interface RouteAnswer {
  readonly payload: unknown;
  /** What the handler did not send itself. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whoever asks has it already. */
  readonly notModified?: boolean;
}

export function createAnswering(
  handlers: readonly RouteHandler[],
  idempotency: Idempotency | undefined,
): (asked: ToAnswer) => Promise<RouteAnswer> {
  const readers = new Map(handlers.filter(isReader).map((handler) => [handler.route.path, handler]));
  const writtenPaths = new Set(handlers.filter((one) => !isReader(one)).map(({ route }) => route.path));
  const preconditions = createPreconditions();

  async function read(asked: ToAnswer): Promise<RouteAnswer> {
    const { headers, payload } = await carryOut(asked);
    if (!writtenPaths.has(asked.handler.route.path)) return { payload, headers: {} };
    const tag = headers.find(([name]) => name === 'etag')?.[1] ?? entityTagOf(payload);
    const notModified = namesTag(asked.request.headers['if-none-match'] ?? '', tag);
    return { payload, headers: { etag: tag }, notModified };
  }

  async function write(asked: ToAnswer): Promise<KeptAnswer> {
    const { handler, request, context } = asked;
    const { headers, params } = request;
    const address = request.url.split('?')[0] ?? request.url;
    const reader = readers.get(handler.route.path);
    return preconditions.whenTrue({ headers, params, context, address, reader }, () => carryOut(asked));
  }

  return async (asked) => {
    if (isReader(asked.handler)) return read(asked);
    const key = keyOf(asked);
    if (key === undefined || idempotency === undefined) return { payload: (await write(asked)).payload, headers: {} };
    const { params, query, body } = asked.request;
    const what = JSON.stringify([asked.handler.route.id, params, query, body]);
    const { payload, headers, replayed } = await idempotency.once({ ...key, asked: what }, () => write(asked));
    return { payload, headers: replayed ? { ...Object.fromEntries(headers), 'idempotency-replayed': 'true' } : {} };
  };
}

/** Other methods may be repeated as they are; and on public routes nobody is known whose key it could be. */
function keyOf({ handler: { route }, request, context: { caller } }: ToAnswer) {
  if (!takesIdempotencyKey(route) || caller === undefined) return undefined;
  const key = readIdempotencyKey(request.headers['idempotency-key']);
  return key === undefined ? undefined : { key, caller: callerName(caller) };
}

export function takesIdempotencyKey({ method, access }: RouteContract): boolean {
  return typeof access === 'string' && (method === 'POST' || method === 'PATCH');
}

/** The output schema also strips what the contract does not promise. */
async function carryOut({ handler, input, context }: ToAnswer): Promise<KeptAnswer> {
  const { headers, reply } = collectHeaders(context.reply);
  const output = await handler.handle(input, { ...context, reply });
  const { route } = handler;
  return { headers, payload: route.status === 204 ? undefined : route.output.parse(output) };
}

function isReader({ route }: RouteHandler): boolean {
  return route.method === 'GET';
}
