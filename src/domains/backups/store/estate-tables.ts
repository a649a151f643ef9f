import type { GeneratedAlways } from 'kysely';

import type { VerdictStatusName } from '../contract/index.ts';

export interface EstateTables {
  backup_verdict_changes: {
    position: GeneratedAlways<number>;
    job_key: string;
    changed_at: string;
    /** Null for the first verdict. */
    from_status: VerdictStatusName | null;
    to_status: VerdictStatusName;
    /** One letter per digit in the order of the rule: p(ass), f(ail), u(nknown). */
    digits: string;
  };
  /** The verdict of each job at the end of each day of the house; of today, the present one. */
  backup_verdict_days: {
    job_key: string;
    day: string;
    status: VerdictStatusName;
    digits: string;
  };
  /** Days that began with the verdict of every job. */
  backup_estate_days: {
    day: string;
    begun_at: string;
  };
}
