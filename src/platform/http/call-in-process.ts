/** Runs the use case behind a contract without a socket: the same permission check, validation and output schema. */
import { KuraError } from '#kernel/errors';
import { authorizeAccess } from '#platform/access';
import type { RouteCall, RouteContract, RouteOutput } from '#platform/contract';

import { parseInput } from './parse-input.ts';
import type { RequestContext, RouteHandler } from './route-handler.ts';

export async function callInProcess<Route extends RouteContract>(
  handlers: readonly RouteHandler[],
  route: Route,
  input: RouteCall<Route> | undefined,
  context: RequestContext,
): Promise<RouteOutput<Route>> {
  const handler = handlers.find((one) => one.route.id === route.id);
  if (handler === undefined) {
    throw new KuraError('not-found', 'http.no-route', { params: { method: route.method, path: route.path } });
  }
  authorizeAccess(route.access, context.caller);
  const parsed = parseInput(route, { params: input?.params, query: input?.query, body: input?.body }, context.language);
  // parse() answers with this route's own output type.
  return route.output.parse(await handler.handle(parsed, context)) as RouteOutput<Route>;
}
