/** Availability over HTTP and, in process, for the command line. */
import { implement, type RouteHandler } from '#platform/http';

import { readAvailability } from '../contract/index.ts';
import type { Availability } from '../core/availability.ts';

export function availabilityRoutes(availability: Availability): readonly RouteHandler[] {
  return [implement(readAvailability, async ({ query }) => availability.read(query))];
}
