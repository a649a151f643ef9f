import type { Random } from '#kernel/clock';
import type { KuraError } from '#kernel/errors';
import { MINUTE, SECOND } from '#kernel/units';

import type { JobKind } from './job-kind.ts';

const LONGEST_MS = 15 * MINUTE;

/**
 * How long to wait before the next attempt, or undefined when another try cannot help. Full jitter: anywhere between
 * zero and the doubling ceiling, so that jobs that failed together do not come back together; a wait the far side asked
 * for (Retry-After) is the least.
 */
export function retryDelay(kind: JobKind, attempt: number, error: KuraError, random: Random): number | undefined {
  // What Kura did not expect may be gone next time; what it refused with a reason will not.
  const mayPass = error.facts.retryable || error.kind === 'internal';
  if (!mayPass || attempt >= kind.maxAttempts) return undefined;
  const ceiling = Math.min(LONGEST_MS, kind.retrySeconds * SECOND * 2 ** Math.min(attempt - 1, 20));
  return (error.retryAfterMs ?? 0) + Math.floor(random.fraction() * ceiling);
}
