/** In whose name things happen when nobody is logged in. */
import { z } from 'zod';

import type { Actor } from '#platform/unit-of-work';

/** As payloads of jobs and rows carry it. */
export const actorSchema = z.object({
  kind: z.enum(['user', 'system', 'cli', 'job']),
  id: z.string(),
  name: z.string(),
});

/** The person at the keyboard of this machine. */
export const localActor: Actor = { kind: 'cli', id: 'local', name: 'local' };
/** What Kura does by itself: keeping the catalogue, running jobs. */
export const systemActor: Actor = { kind: 'system', id: 'models', name: 'models' };
