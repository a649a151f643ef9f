/** What alerts need of the house around them. */
import type { Clock } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Database } from '#platform/db';
import type { Notifier } from '#platform/notify';
import type { Scheduler } from '#platform/schedule';
import type { UnitOfWork } from '#platform/unit-of-work';

import type { EscalationTimes } from './alert-life.ts';

export interface AlertsDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly scheduler: Pick<Scheduler, 'upsert'>;
  readonly notifier: Pick<Notifier, 'tell'>;
  /** Read anew each time. */
  readonly escalation: () => EscalationTimes;
  /** Days for which alerts that are over are kept. */
  readonly keepDays: () => number;
}
