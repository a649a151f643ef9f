import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { ApiProblem } from '#platform/contract';

import { isSessionOver } from '../lib/api.ts';
import { sessionQuery } from '../lib/session.ts';

/** Asks again only where another answer is possible: not when the server said no, once when it could not be reached. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: checkSession }),
  mutationCache: new MutationCache({ onError: checkSession }),
  defaultOptions: {
    queries: {
      staleTime: 5000,
      retry: (failures, error) => !(error instanceof ApiProblem) && failures < 1,
    },
    mutations: { retry: false },
  },
});

/** The guard of the routes hears of it through the session query. */
function checkSession(error: unknown): void {
  if (isSessionOver(error)) void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
}
