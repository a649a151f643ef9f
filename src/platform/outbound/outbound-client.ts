/** The one client for requests that bring back a document (files come through the transfer engine). */
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request as undiciRequest } from 'undici';

import { KuraError, systemCode } from '#kernel/errors';

import type { EgressPolicy } from './egress-policy.ts';

export interface OutboundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly maxBodyBytes: number;
  readonly signal: AbortSignal;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface OutboundClient extends AsyncDisposable {
  /**
   * Sends one request; redirects are answers, nothing is retried.
   * @throws KuraError unavailable `outbound.unreachable`, limit `outbound.too-large`, refused `outbound.refused`
   */
  send(request: OutboundRequest): Promise<OutboundAnswer>;
}

export function createOutboundClient(policy: EgressPolicy): OutboundClient {
  const agent = new Agent({ connect: { lookup: guardedLookup(policy), timeout: 15_000 }, headersTimeout: 60_000 });
  return {
    send: (request) => send(request, policy, agent),
    [Symbol.asyncDispose]: () => agent.close(),
  };
}

/** Resolves a name and refuses addresses the policy does not allow, at the moment of connecting (no second look-up). */
function guardedLookup(policy: EgressPolicy): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      try {
        for (const { address } of addresses) policy.checkAddress(address, { hostname });
      } catch (refusal) {
        return callback(refusal instanceof Error ? refusal : new Error(String(refusal)), '', 0);
      }
      const first = addresses[0];
      if (options.all === true || first === undefined) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

async function send(request: OutboundRequest, policy: EgressPolicy, dispatcher: Dispatcher): Promise<OutboundAnswer> {
  const url = new URL(request.url);
  policy.checkUrl(url);
  try {
    const response = await undiciRequest(url, {
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal: request.signal,
      dispatcher,
    });
    return {
      status: response.statusCode,
      headers: flatten(response.headers),
      body: await readBody(response.body, request, url),
    };
  } catch (error) {
    request.signal.throwIfAborted();
    throw translate(error, url);
  }
}

async function readBody(body: Dispatcher.ResponseData['body'], request: OutboundRequest, url: URL): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > request.maxBodyBytes) {
      body.destroy();
      throw new KuraError('limit', 'outbound.too-large', { params: { host: url.host, limit: request.maxBodyBytes } });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

function translate(error: unknown, url: URL): unknown {
  if (error instanceof KuraError) return error;
  if (error instanceof Error && error.cause instanceof KuraError) return error.cause;
  const reason = systemCode(error) ?? (error instanceof Error ? error.message : String(error));
  return new KuraError('unavailable', 'outbound.unreachable', { params: { host: url.host, reason }, cause: error });
}
