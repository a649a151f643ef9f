/** What taking a copy out of its job means. Safe for browsers. */
import { z } from 'zod';

import { copyNameSchema, jobKeySchema } from './job-shapes.ts';
import { verdictStatusSchema } from './status-shapes.ts';

const instant = z.iso.datetime();

export const copyRemovalSchema = z.object({
  job: jobKeySchema,
  copy: copyNameSchema,
  /** What lies there is left as it is. */
  repository: z.string(),
  verdict: z.object({ now: verdictStatusSchema, after: verdictStatusSchema }),
  /** Digits that hold now and would not without it. */
  lostDigits: z.array(z.enum(['copies', 'media', 'offsite', 'offline', 'errors'])),
  /** Its newest good backup. */
  newestHere: instant.nullable(),
  /** That of the other copies; null: nothing could be restored from them. */
  newestElsewhere: instant.nullable(),
  copiesLeft: z.number().int().nonnegative(),
  /** Object lock: until then what lies there costs room whatever is registered here. */
  lockedUntil: instant.nullable(),
  /** Label of the medium that carries it. */
  medium: z.string().nullable(),
});

export type CopyRemoval = z.output<typeof copyRemovalSchema>;
