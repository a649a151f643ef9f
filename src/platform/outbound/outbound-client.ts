/** The one client for requests that bring back a document or an object (large files come through the transfer engine). */
import type { Dispatcher } from 'undici';

import { checkEgress, type NetworkOptions, openEgressAgent } from '#engines/transfer';
import { KuraError, systemCode } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import type { EgressPolicy } from './egress-policy.ts';

export interface OutboundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly maxBodyBytes: number;
  readonly signal: AbortSignal;
}

interface AnswerHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface OutboundAnswer extends AnswerHead {
  readonly body: string;
}

export interface OutboundBytes extends AnswerHead {
  readonly body: Uint8Array;
}

export interface OutboundClient extends AsyncDisposable {
  /**
   * Sends one request; redirects are answers, nothing is retried.
   * @throws KuraError unavailable `outbound.unreachable`, limit `outbound.too-large`, refused `outbound.refused`
   */
  send(request: OutboundRequest): Promise<OutboundAnswer>;
  /** As `send`, with the body as it came. */
  sendForBytes(request: OutboundRequest): Promise<OutboundBytes>;
}

const HEADERS_TIMEOUT_MS = 60 * SECOND;

export function createOutboundClient(policy: EgressPolicy, network?: NetworkOptions): OutboundClient {
  let opened: Promise<Dispatcher> | undefined;
  async function sendForBytes(request: OutboundRequest): Promise<OutboundBytes> {
    opened ??= openEgressAgent({ egress: policy, network });
    return await send(request, policy, await opened);
  }
  return {
    async send(request) {
      const { body, ...head } = await sendForBytes(request);
      return { ...head, body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8') };
    },
    sendForBytes,
    async [Symbol.asyncDispose]() {
      await (await opened)?.close();
    },
  };
}

async function send(request: OutboundRequest, policy: EgressPolicy, dispatcher: Dispatcher): Promise<OutboundBytes> {
  const url = new URL(request.url);
  // Behind a proxy nobody else looks at an address that stands in the URL.
  await checkEgress(url, policy);
  try {
    // Loaded like the agent, when there is something to send.
    const { request: sendOver } = await import('undici');
    const response = await sendOver(url, {
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal: request.signal,
      dispatcher,
      headersTimeout: HEADERS_TIMEOUT_MS,
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

async function readBody(
  body: Dispatcher.ResponseData['body'],
  request: OutboundRequest,
  url: URL,
): Promise<Uint8Array> {
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
  return Buffer.concat(chunks);
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
