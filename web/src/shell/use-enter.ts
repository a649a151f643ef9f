import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';

import { sessionQuery } from '../lib/session.ts';
import { loginSearchSchema } from './login-search.ts';

/** To where the person was going, as who they are now; with half a login, to its other half. */
export function useEnter(next: string | undefined): () => void {
  const queries = useQueryClient();
  const router = useRouter();
  return () => {
    queries.removeQueries({ queryKey: sessionQuery.queryKey });
    // Read again as if it came in the address: what was kept in between leads to this site only, too.
    void router.navigate({ href: loginSearchSchema.parse({ next }).next ?? '/', replace: true });
  };
}
