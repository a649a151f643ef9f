import type { GeneratedAlways } from 'kysely';

import type {
  CopyRole,
  MediaKind,
  MediumState,
  RunResult,
  VerdictStatusName,
  VerificationKind,
  VerificationResult,
} from '../contract/index.ts';

/** Columns that end with `_at` are instants. */
export interface BackupsTables {
  backup_jobs: {
    key: string;
    title: string;
    source: string;
    site: string;
    every_hours: number;
    verify_every_days: number;
    active: number;
    created_at: string;
  };
  backup_copies: {
    id: string;
    job_key: string;
    name: string;
    repository: string;
    vault_id: string;
    encrypted: number;
    role: CopyRole;
    site: string;
    media: MediaKind;
    /** Null for a copy that stays connected. */
    rotation_days: number | null;
    passphrase_file: string | null;
    medium_state: MediumState;
    medium_state_at: string;
    created_at: string;
  };
  backup_runs: {
    position: GeneratedAlways<number>;
    id: string;
    copy_id: string;
    runner: string;
    result: RunResult;
    started_at: string;
    ended_at: string | null;
    snapshot: string | null;
    files: number;
    bytes: number;
    new_bytes: number;
    problems: number;
    error_code: string | null;
    error_params: string | null;
  };
  backup_verifications: {
    position: GeneratedAlways<number>;
    id: string;
    copy_id: string;
    runner: string;
    kind: VerificationKind;
    result: VerificationResult;
    started_at: string;
    ended_at: string | null;
    seconds: number | null;
    snapshot: string | null;
    objects: number;
    bytes: number;
    errors: number;
    /** JSON array of strings. */
    findings: string;
    error_code: string | null;
    error_params: string | null;
  };
  /** Which contents a copy holds in any of its snapshots. */
  backup_contents: {
    copy_id: string;
    sha256: string;
    snapshot: string;
    stored_at: string;
    /** When these very bytes were last read back and found right. */
    verified_at: string | null;
  };
  /** What was last told about a job, so that a change is told once. */
  backup_verdicts: {
    job_key: string;
    status: VerdictStatusName;
    /** JSON: state by digit. */
    digits: string;
    since: string;
  };
}
