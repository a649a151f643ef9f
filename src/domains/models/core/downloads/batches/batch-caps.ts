/** What one run of a batch may use before it pauses by itself. */
import { MINUTE } from '#kernel/units';

import type { BatchOptions } from '../../../contract/batch-shapes.ts';
import type { BatchUse } from '../../../store/batch-store.ts';
import type { StoredReason } from '../../../store/reason-column.ts';

type Caps = BatchOptions['caps'];

/** Why the run is over; undefined while it may go on. `used` includes what is under way. */
export function capReached({ maxFiles, maxBytes, maxMinutes }: Caps, used: BatchUse): StoredReason | undefined {
  if (maxBytes !== undefined && used.bytes >= maxBytes) {
    return { code: 'models.batch-cap-bytes', params: { bytes: maxBytes } };
  }
  if (maxMinutes !== undefined && used.ms >= maxMinutes * MINUTE) {
    return { code: 'models.batch-cap-minutes', params: { count: maxMinutes } };
  }
  if (maxFiles !== undefined && used.files >= maxFiles) {
    return { code: 'models.batch-cap-files', params: { count: maxFiles } };
  }
  return undefined;
}

/** How many more files may be begun while `running` are under way. */
export function filesLeft({ maxFiles }: Caps, used: BatchUse, running: number): number {
  return maxFiles === undefined ? Number.POSITIVE_INFINITY : Math.max(0, maxFiles - used.files - running);
}
