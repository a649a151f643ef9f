import { useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';

import { listFindings, listWatches } from '#models/contract';

import { useLive } from '../../../lib/live.ts';
import { routeKey } from '../../../lib/route-query.ts';

const anyEvent = z.object({});

/** Lists of watches on screen follow what watches find. */
export function useFreshFindings(): void {
  const queries = useQueryClient();
  useLive('models.watch-ran', anyEvent, () => {
    for (const route of [listWatches, listFindings]) void queries.invalidateQueries({ queryKey: routeKey(route) });
  });
}
