import { useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';

import { listEntries, searchKnowledge } from '#knowledge/contract';

import { useLive } from '../../../lib/live.ts';
import { routeKey } from '../../../lib/route-query.ts';

const anyEvent = z.object({});

/** Lists follow what others write and remove. */
export function useFreshEntries(): void {
  const queries = useQueryClient();
  function refresh(): void {
    for (const route of [searchKnowledge, listEntries]) {
      void queries.invalidateQueries({ queryKey: routeKey(route) });
    }
  }
  useLive('knowledge.entry-saved', anyEvent, refresh);
  useLive('knowledge.entry-removed', anyEvent, refresh);
  useLive('knowledge.entry-moved', anyEvent, refresh);
  useLive('knowledge.entries-imported', anyEvent, refresh);
}
