/** A schedule as data: which job, when, and what to do about times that passed while nobody was there. */
import type { Instant } from '#kernel/brands';
import type { JobKind } from '#platform/jobs';

/** Cron in croner's reading (five fields; `L`, `W`, `#` and nicknames too) in an IANA zone, or a plain interval. */
export type Timing =
  | { readonly kind: 'cron'; readonly cron: string; readonly zone: string }
  | { readonly kind: 'interval'; readonly everyMs: number };

/** Times missed during downtime: `once` makes up for all of them by one run, `skip` waits for the next. */
export type CatchUp = 'once' | 'skip';

/** A time that comes while the run before is still queued or running: skipped with a record, or made beside it. */
export type Overlap = 'skip' | 'allow';

export interface ScheduleDefinition<Payload = unknown> {
  /** `module.what`, or `module.what.<id>` where there are many of a sort. */
  readonly id: string;
  readonly job: JobKind<Payload>;
  readonly payload: Payload;
  readonly timing: Timing;
  readonly catchUp: CatchUp;
  readonly overlap: Overlap;
}

/**
 * Default: one run makes up for what was missed, and none is made while another is under way.
 * @throws RangeError for an id that names nothing.
 */
export function defineSchedule<Payload>(
  definition: Omit<ScheduleDefinition<Payload>, 'catchUp' | 'overlap'> &
    Partial<Pick<ScheduleDefinition<Payload>, 'catchUp' | 'overlap'>>,
): ScheduleDefinition<Payload> {
  if (!/^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+$/.test(definition.id)) {
    throw new RangeError(`not a schedule id: ${definition.id}`);
  }
  return { catchUp: 'once', overlap: 'skip', ...definition };
}

/** What screens show of a schedule. */
export interface ScheduleView {
  readonly id: string;
  readonly job: string;
  readonly timing: Timing;
  readonly catchUp: CatchUp;
  readonly overlap: Overlap;
  readonly enabled: boolean;
  /** Null while it is switched off, or when the pattern has no time left. */
  readonly nextRun: Instant | null;
  readonly lastRun: Instant | null;
  /** Message code when the last time could not be turned into a job. */
  readonly fault: string | null;
}

export interface ScheduleRun {
  /** Of a skipped run: the one that was still under way. */
  readonly jobId: string;
  readonly skipped: boolean;
  /** `planned` came by itself, `manual` was asked for by somebody. */
  readonly trigger: 'planned' | 'manual';
  /** The time it stood for; after downtime the first one that was missed. */
  readonly plannedAt: Instant;
  readonly enqueuedAt: Instant;
}
