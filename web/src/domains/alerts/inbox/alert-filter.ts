import type { listAlerts } from '#platform/alerts/contract';
import type { RouteCall } from '#platform/contract';

/** What the inbox shows. */
export type AlertFilter = NonNullable<RouteCall<typeof listAlerts>['query']>;
