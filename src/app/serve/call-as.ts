import type { Language } from '#kernel/messages';
import type { Caller } from '#platform/access';
import type { RouteCall, RouteContract, RouteOutput } from '#platform/contract';
import { callInProcess, type RouteHandler } from '#platform/http';

/** Nobody waits longer over a socket. */
const patienceMs = 30_000;

export interface SocketCaller {
  readonly caller: Caller;
  readonly language: Language;
}

/** What the API answers this caller. */
export function callAs<Route extends RouteContract>(
  handlers: readonly RouteHandler[],
  { caller, language }: SocketCaller,
  route: Route,
  input: RouteCall<Route>,
): Promise<RouteOutput<Route>> {
  return callInProcess(handlers, route, input, {
    caller,
    session: undefined,
    language,
    requestId: 'live',
    nonce: '',
    signal: AbortSignal.timeout(patienceMs),
    reply: { header: () => undefined },
  });
}
