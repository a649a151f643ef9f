import { noteUse } from '#knowledge/contract';
import type { RouteCall } from '#platform/contract';

import { api } from '../../../lib/api.ts';

/** Counted for reports; nobody waits for it, and a failure changes nothing here. */
export function noteEntryUse(id: string, body: NonNullable<RouteCall<typeof noteUse>['body']>): void {
  api.call(noteUse, { params: { id }, body }).catch(() => undefined);
}
