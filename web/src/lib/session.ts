import { useQuery } from '@tanstack/react-query';

import type { Permission } from '#platform/contract';
import { readSession } from '#platform/identity/contract';

import { routeQuery } from './route-query.ts';

/** Asked once, and again when the server says that the session is over. */
export const sessionQuery = { ...routeQuery(readSession), staleTime: Number.POSITIVE_INFINITY };

export function useSession() {
  return useQuery(sessionQuery).data;
}

/** Whether the person may; the server decides again on each call. */
export function useMay(permission: Permission): boolean {
  return useSession()?.caller?.permissions.includes(permission) ?? false;
}
