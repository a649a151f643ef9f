import type { Language } from '#kernel/messages';
import { localCaller } from '#platform/access';
import type { RouteCall, RouteContract, RouteOutput } from '#platform/contract';
import { callInProcess, type RouteHandler } from '#platform/http';

export interface TesterOptions {
  readonly language?: Language | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Calls a route in this process as the person at this machine. */
export function callAsTester<Route extends RouteContract>(
  handlers: readonly RouteHandler[],
  route: Route,
  input?: RouteCall<Route>,
  { language = 'en', signal = new AbortController().signal }: TesterOptions = {},
): Promise<RouteOutput<Route>> {
  return callInProcess(handlers, route, input, {
    caller: localCaller('test'),
    session: undefined,
    language,
    requestId: 'test',
    nonce: '',
    signal,
    reply: { header: () => undefined },
  });
}
