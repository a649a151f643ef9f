import type { GeneratedAlways } from 'kysely';

import type { ReportedTool, ReportResult } from '../contract/index.ts';

/** Columns that end with `_at` are instants. */
export interface ReportsTables {
  /** What was reported of one copy. */
  backup_reports: {
    position: GeneratedAlways<number>;
    /** Made from what it tells of; of a recorded one it is the run's id, too. */
    id: string;
    state: 'recorded' | 'unclaimed' | 'dismissed';
    tool: ReportedTool;
    job_name: string;
    /** Empty when the report named none. */
    copy_name: string;
    run_key: string;
    result: ReportResult;
    host: string | null;
    /** Message code: why nobody has claimed it. */
    reason: string | null;
    /** Of the report as it came. */
    digest: string;
    /** JSON: see core/reports/report-part.ts. */
    body: string;
    ended_at: string;
    received_at: string;
    received_from: string;
  };
  /** What reports of a name mean. */
  backup_report_names: {
    tool: ReportedTool;
    job_name: string;
    copy_name: string;
    /** Null: they are of no interest. */
    copy_id: string | null;
    created_at: string;
  };
  backup_reporters: {
    reporter: string;
    tool: ReportedTool;
    host: string | null;
    version: string | null;
    every_minutes: number;
    waiting: number;
    last_seen_at: string;
    silent_since_at: string | null;
  };
  backup_expectations: {
    job_key: string;
    cron: string | null;
    zone: string;
    grace_minutes: number | null;
    calendar: string | null;
  };
  /** Runs that did not come; one without an end at a time for each copy. */
  backup_missed_runs: {
    position: GeneratedAlways<number>;
    copy_id: string;
    due_at: string;
    missed_at: string;
    arrived_at: string | null;
  };
}
