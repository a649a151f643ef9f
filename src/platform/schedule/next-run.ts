/** When a schedule comes next. Croner knows the zones: what falls into a spring gap runs right after it, and what happens twice in autumn runs once. */
import { Cron } from 'croner';

import { type Instant, instant } from '#kernel/brands';
import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import type { Timing } from './schedule-definition.ts';

/** Nobody wants Kura to do something all the time by accident. */
const SHORTEST_INTERVAL_MS = 10 * SECOND;

/**
 * The first time after `after` (milliseconds); null when there is none. An interval counts on from `anchor`.
 * @throws KuraError `schedule.bad-timing`.
 */
export function nextRun(timing: Timing, after: number, anchor: number = after): Instant | null {
  if (timing.kind === 'interval') return instant(new Date(nextInterval(timing.everyMs, after, anchor)));
  const next = nextByPattern(timing, after);
  return next === null ? null : instant(next);
}

function nextInterval(everyMs: number, after: number, anchor: number): number {
  if (!Number.isSafeInteger(everyMs) || everyMs < SHORTEST_INTERVAL_MS) {
    throw new KuraError('invalid', 'schedule.bad-timing', { params: { timing: `${everyMs} ms` } });
  }
  return anchor + (Math.floor((after - anchor) / everyMs) + 1) * everyMs;
}

function nextByPattern({ cron, zone }: Extract<Timing, { kind: 'cron' }>, after: number): Date | null {
  try {
    return new Cron(cron, { timezone: zone, mode: '5-part', paused: true }).nextRun(new Date(after));
  } catch (error) {
    throw new KuraError('invalid', 'schedule.bad-timing', { params: { timing: `${cron} (${zone})` }, cause: error });
  }
}
