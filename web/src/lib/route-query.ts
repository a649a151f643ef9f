/** Queries and mutations over route contracts: the contract's id is the cache key, its schema the type. */
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import type { RouteCall, RouteContract, RouteOutput } from '#platform/contract';

import { api } from './api.ts';

interface QueryBehaviour<Output> {
  /** Milliseconds until the next look, decided by the last answer. */
  readonly refetchInterval?: (latest: Output | undefined) => number | false;
}

export function routeKey(route: RouteContract, input?: object): readonly unknown[] {
  return input === undefined ? [route.id] : [route.id, input];
}

export function routeQuery<Route extends RouteContract>(route: Route, input?: RouteCall<Route>) {
  return {
    queryKey: routeKey(route, input),
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => api.call(route, input, signal),
  };
}

export function useRouteQuery<Route extends RouteContract>(
  route: Route,
  input?: RouteCall<Route>,
  behaviour: QueryBehaviour<RouteOutput<Route>> = {},
): UseQueryResult<RouteOutput<Route>> {
  const { refetchInterval } = behaviour;
  return useQuery<RouteOutput<Route>>({
    ...routeQuery(route, input),
    refetchInterval: refetchInterval === undefined ? false : (query) => refetchInterval(query.state.data),
  });
}

interface MutationBehaviour<Output> {
  /** What the change makes stale. */
  readonly stales?: readonly RouteContract[];
  readonly onSuccess?: (output: Output) => void;
}

export function useRouteMutation<Route extends RouteContract>(
  route: Route,
  { stales = [], onSuccess }: MutationBehaviour<RouteOutput<Route>> = {},
) {
  const queries = useQueryClient();
  return useMutation<RouteOutput<Route>, Error, RouteCall<Route>>({
    mutationFn: (input) => api.call(route, input),
    onSuccess: async (output) => {
      onSuccess?.(output);
      await Promise.all(stales.map((stale) => queries.invalidateQueries({ queryKey: routeKey(stale) })));
    },
  });
}
