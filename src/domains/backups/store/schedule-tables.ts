import type { GeneratedAlways } from 'kysely';

export interface ScheduleTables {
  backup_schedules: {
    job_key: string;
    /** Names the schedule of the platform: `backups.job.<id>`. */
    id: string;
    cron: string;
    zone: string;
    enabled: number;
    /** JSON: window, calendar, dependency, retries, see `scheduleSchema`. */
    rules: string;
    /** JSON: the programs before and after. */
    hooks: string;
    created_at: string;
    updated_at: string;
  };
  backup_holidays: {
    calendar: string;
    /** `2026-01-01`, in whatever zone the schedule has. */
    day: string;
    title: string;
  };
  /** When a job was paused. */
  backup_pauses: {
    position: GeneratedAlways<number>;
    job_key: string;
    from_at: string;
    /** Null: until somebody ends it. */
    until_at: string | null;
  };
}
