import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import type { RouteContract } from '#platform/contract';

import { routeKey } from '../../../lib/route-query.ts';

const lookEveryMs = 1500;
/** A job of this size shows its outcome by then; later ones show on the next visit or reload. */
const looks = 40;

/** After work was handed to the queue: looks at its outcome again and again for a while. */
export function useWatchedJob(stales: readonly RouteContract[]): { readonly start: () => void } {
  const queries = useQueryClient();
  const [left, setLeft] = useState(0);
  const keys = stales.map((route) => route.id).join(' ');
  useEffect(() => {
    if (left === 0) return undefined;
    const timer = setTimeout(() => {
      for (const route of stales) void queries.invalidateQueries({ queryKey: routeKey(route) });
      setLeft(left - 1);
    }, lookEveryMs);
    return () => clearTimeout(timer);
    // The routes are constants of the caller; their ids say when they are others.
  }, [left, queries, keys]);
  return { start: () => setLeft(looks) };
}
