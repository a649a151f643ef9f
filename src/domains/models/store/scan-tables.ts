import type { ScanRunStatus, ScanTrigger, ScanVerdict } from '../contract/index.ts';

export interface ScanTables {
  /** Verdicts belong to bytes, rules, limits, and the name a loader would see; not to paths. */
  scan_verdicts: {
    sha256: string;
    /** File name, lower case. */
    name: string;
    rule_set: string;
    /** Limits that bound the scan, as a short digest. */
    limits: string;
    verdict: ScanVerdict;
    format: string;
    findings: string;
    scanned_at: string;
  };
  /** The last scan of each file of the library. */
  file_scans: {
    path: string;
    sha256: string;
    rule_set: string;
    verdict: ScanVerdict;
    format: string;
    findings: string;
    scanned_at: string;
  };
  /** Scans of the library as a whole. */
  library_scans: {
    id: string;
    status: ScanRunStatus;
    trigger: ScanTrigger;
    actor: string;
    rule_set: string;
    options: string;
    /** Where to go on: cursor of the library's list. */
    cursor: string | null;
    counts: string;
    changes: string;
    job_id: string | null;
    started_at: string;
    updated_at: string;
    ended_at: string | null;
  };
}
