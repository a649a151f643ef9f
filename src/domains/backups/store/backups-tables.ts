import type { GeneratedAlways } from 'kysely';

import type {
  CopyEngine,
  CopyRole,
  Criticality,
  DataClass,
  MediaKind,
  MediumState,
  ProtectedKind,
  ReportedTool,
  RunResult,
  VerdictStatusName,
  VerificationKind,
  VerificationResult,
} from '../contract/index.ts';

import type { EngineTables } from './engine-tables.ts';
import type { EstateTables } from './estate-tables.ts';
import type { PolicyTables } from './policy-tables.ts';
import type { ProofTables } from './proof-tables.ts';
import type { ProviderTables } from './provider-tables.ts';
import type { ReportsTables } from './reports-tables.ts';
import type { ScheduleTables } from './schedule-tables.ts';

/** Columns that end with `_at` are instants. */
export interface BackupsTables
  extends ReportsTables,
    PolicyTables,
    ScheduleTables,
    ProviderTables,
    EstateTables,
    EngineTables,
    ProofTables {
  backup_jobs: {
    key: string;
    title: string;
    source: string;
    site: string;
    every_hours: number;
    verify_every_days: number;
    active: number;
    created_at: string;
    kind: ProtectedKind;
    description: string;
    owner: string | null;
    criticality: Criticality;
    data_class: DataClass | null;
    /** JSON array of strings. */
    tags: string;
    target: string | null;
    rpo_minutes: number | null;
    rto_minutes: number | null;
    retention_days: number | null;
    policy: string | null;
    paused_until: string | null;
    pause_reason: string | null;
    archived_at: string | null;
    archive_reason: string | null;
    legal_hold: string | null;
    /** Null until the first change. */
    updated_at: string | null;
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
    engine: CopyEngine;
    tool: ReportedTool | null;
    /** JSON object. */
    engine_settings: string;
    provider: string | null;
    enabled: number;
    locked_until: string | null;
    /** Taken out of its job then; null for one that is registered. */
    removed_at: string | null;
    removal_reason: string | null;
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
  /** The present verdict of each job, as last told. */
  backup_verdicts: {
    job_key: string;
    status: VerdictStatusName;
    /** JSON: state by digit. */
    digits: string;
    /** When this status and these digits began. */
    since: string;
    /** When it changes if nothing happens; null for never. */
    valid_until: string | null;
    /** Null until the first evaluation after the column was added. */
    evaluated_at: string | null;
    /** How much of the rule is kept, in hundredths: the worst first. */
    score: number;
    last_run_at: string | null;
    last_run_result: RunResult | null;
    last_good_at: string | null;
  };
}
