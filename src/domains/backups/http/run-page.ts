import { instant } from '#kernel/brands';
import type { RouteInput } from '#platform/contract';
import type { listBackupRuns } from '../contract/index.ts';
import type { RunPage } from '../store/run-history-store.ts';

/** Times become those of the table; the cursor is read apart. */
export function runPageOf({ since, until, cursor, ...query }: RouteInput<typeof listBackupRuns>['query']): RunPage {
  const [startedAt = '', id = ''] = (cursor ?? '').split('_');
  return {
    ...query,
    since: since === undefined ? undefined : instant(new Date(since)),
    until: until === undefined ? undefined : instant(new Date(until)),
    before: cursor === undefined ? undefined : { startedAt, id },
  };
}
