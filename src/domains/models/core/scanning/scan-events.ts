/** How a scan of the library is getting on, for browsers. */
import { defineEvent } from '#platform/events';

import { scanRunSchema, scanTopic } from '../../contract/index.ts';

/** Every few seconds, and when it begins or ends. */
export const libraryScanProgressed = defineEvent({
  name: scanTopic,
  schema: scanRunSchema.pick({ id: true, status: true, counts: true }),
});
