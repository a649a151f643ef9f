import { useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';

import { listCollections, listSweeps, readSweep } from '#models/contract';

import { useLive } from '../../../lib/live.ts';
import { routeKey } from '../../../lib/route-query.ts';

const anyEvent = z.object({});

/** Lists on screen follow the pages that are read. */
export function useCollectionProgress(): void {
  const queries = useQueryClient();
  useLive('models.collection-progressed', anyEvent, () => {
    for (const route of [listCollections, listSweeps, readSweep]) {
      void queries.invalidateQueries({ queryKey: routeKey(route) });
    }
  });
}
