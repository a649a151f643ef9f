/** A schedule as data: which job, when, and what to do about times that passed while nobody was there. */
import type { Instant } from '#kernel/brands';
import type { JobKind } from '#platform/jobs';

/** Cron in croner's reading (five fields; `L`, `W`, `#` and nicknames too) in an IANA zone, or a plain interval. */
export type Timing =
  | { readonly kind: 'cron'; readonly cron: string; readonly zone: string }
  | { readonly kind: 'interval'; readonly everyMs: number };

/** Times missed during downtime: `once` makes up for all of them by one run, `skip` waits for the next. */
export type CatchUp = 'once' | 'skip';

export interface ScheduleDefinition<Payload = unknown> {
  /** `module.what`, or `module.what.<id>` where there are many of a sort. */
  readonly id: string;
  readonly job: JobKind<Payload>;
  readonly payload: Payload;
  readonly timing: Timing;
  readonly catchUp: CatchUp;
}

/** Default: one run makes up for what was missed. @throws RangeError for an id that names nothing. */
export function defineSchedule<Payload>(
  definition: Omit<ScheduleDefinition<Payload>, 'catchUp'> & { readonly catchUp?: CatchUp },
): ScheduleDefinition<Payload> {
  if (!/^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+$/.test(definition.id)) {
    throw new RangeError(`not a schedule id: ${definition.id}`);
  }
  return { catchUp: 'once', ...definition };
}

/** What screens show of a schedule. */
export interface ScheduleView {
  readonly id: string;
  readonly job: string;
  readonly timing: Timing;
  readonly catchUp: CatchUp;
  readonly enabled: boolean;
  /** Null while it is switched off, or when the pattern has no time left. */
  readonly nextRun: Instant | null;
  readonly lastRun: Instant | null;
  /** Message code when the last time could not be turned into a job. */
  readonly fault: string | null;
}

export interface ScheduleRun {
  readonly jobId: string;
  /** `planned` came by itself, `manual` was asked for by somebody. */
  readonly trigger: 'planned' | 'manual';
  /** The time it stood for; after downtime the first one that was missed. */
  readonly plannedAt: Instant;
  readonly enqueuedAt: Instant;
}
