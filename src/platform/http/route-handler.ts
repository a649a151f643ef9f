/** Binds a contract to the use case behind it. */
import type { IncomingHttpHeaders } from 'node:http';

import type { Language } from '#kernel/messages';
import type { Caller } from '#platform/access';
import type { RouteContract, RouteInput, RouteOutput } from '#platform/contract';

import type { Client } from './client.ts';

export interface RequestContext {
  /** Undefined only on public routes that nobody is logged in to. */
  readonly caller: Caller | undefined;
  /** The session secret the browser sent, if any. */
  readonly session: string | undefined;
  /** Undefined for calls within this process. */
  readonly client?: Client;
  /** As they came; for protocols that carry their own. Undefined for calls within this process. */
  readonly headers?: IncomingHttpHeaders;
  readonly language: Language;
  readonly requestId: string;
  /** Allows this response's inline style. */
  readonly nonce: string;
  /** Aborted when the client goes away or the server stops. */
  readonly signal: AbortSignal;
  readonly reply: ReplyEdges;
}

/** What a handler may add to the response beside its output. */
export interface ReplyEdges {
  header(name: string, value: string): void;
  /** Another status than the contract's; for protocols that have their own. */
  status?(code: number): void;
}

/** Keeps the headers a handler adds instead of sending them, names in lower case. */
export function collectHeaders(pass?: ReplyEdges) {
  const headers: (readonly [name: string, value: string])[] = [];
  const reply: ReplyEdges = {
    header(name, value) {
      headers.push([name.toLowerCase(), value]);
      pass?.header(name, value);
    },
    status: (code) => pass?.status?.(code),
  };
  return { headers, reply } as const;
}

export interface RouteHandler {
  readonly route: RouteContract;
  readonly handle: (input: RouteInput<RouteContract>, context: RequestContext) => Promise<unknown>;
}

export function implement<Route extends RouteContract>(
  route: Route,
  handle: (input: RouteInput<Route>, context: RequestContext) => Promise<RouteOutput<Route>>,
): RouteHandler {
  return { route, handle };
}
