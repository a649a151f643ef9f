import { useQueryClient } from '@tanstack/react-query';

import { alertChangedSchema, alertTopic, listAlerts, readAlert, summariseAlerts } from '#platform/alerts/contract';

import { useLive } from '../../lib/live.ts';
import { routeKey } from '../../lib/route-query.ts';

/** Asks again as soon as an alert changes, wherever that happened. The bell does it, on every page for whoever may see alerts. */
export function useFreshAlerts(): void {
  const queries = useQueryClient();
  useLive(alertTopic, alertChangedSchema, () => {
    for (const route of [listAlerts, readAlert, summariseAlerts]) {
      void queries.invalidateQueries({ queryKey: routeKey(route) });
    }
  });
}
