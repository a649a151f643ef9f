/** Tables of migration 0007: plans, drills, tickets, canaries, coverage. */
import type { GeneratedAlways } from 'kysely';

import type {
  CanaryState,
  DrillKind,
  DrillMode,
  DrillResult,
  TestFrequency,
  TicketCause,
  TicketImportance,
  TicketKind,
  TicketStatus,
} from '../contract/index.ts';

/** Columns that end with `_at` are instants, with `_on` days of the house's calendar; `facts`, `checks`, …: JSON. */
export interface ProofTables {
  backup_test_plans: {
    id: string;
    job_key: string;
    kind: DrillKind;
    frequency: TestFrequency;
    starts_on: string;
    due_on: string;
    automatic: number;
    assignee: string | null;
    files: number;
    checks: string;
    rto_seconds: number | null;
    rpo_seconds: number | null;
    active: number;
    /** From when on a passed test counts for the present due day. */
    since: string;
    passed_at: string | null;
    /** Day of the last attempt by Kura, so that a failing test is tried once a day. */
    tried_on: string | null;
    reminded_for: string | null;
    overdue_told_on: string | null;
    created_at: string;
  };
  backup_drills: {
    position: GeneratedAlways<number>;
    id: string;
    job_key: string;
    copy_id: string | null;
    copy_name: string | null;
    plan_id: string | null;
    kind: DrillKind;
    mode: DrillMode;
    result: DrillResult;
    runner: string;
    tester: string;
    started_at: string;
    ended_at: string | null;
    facts: string;
    progress: string | null;
  };
  backup_drill_revisions: {
    drill_id: string;
    revision: number;
    at: string;
    by_name: string;
    note: string | null;
    /** Canonical JSON, the very text that was signed. */
    document: string;
    sha256: string;
    key_id: string;
    /** PEM; several machines with keys of their own may write to one database. */
    public_key: string;
    signature: string;
  };
  backup_drill_evidence: {
    id: string;
    drill_id: string;
    name: string;
    media_type: string;
    size: number;
    sha256: string;
    content: Uint8Array;
    added_at: string;
    added_by: string;
  };
  backup_tickets: {
    position: GeneratedAlways<number>;
    id: string;
    job_key: string;
    copy_id: string | null;
    copy_name: string | null;
    kind: TicketKind;
    cause: TicketCause;
    cause_id: string | null;
    importance: TicketImportance;
    status: TicketStatus;
    error_code: string;
    error_params: string;
    findings: string;
    assignee: string | null;
    times: number;
    opened_at: string;
    last_at: string;
    due_at: string;
    overdue_told_at: string | null;
    closed_at: string | null;
    closed_by: 'proof' | 'person' | null;
    closing_reason: string | null;
    closing_proof: string | null;
  };
  backup_ticket_changes: {
    position: GeneratedAlways<number>;
    ticket_id: string;
    at: string;
    by_name: string;
    what: string;
    detail: string;
    note: string | null;
  };
  backup_canaries: {
    id: string;
    job_key: string;
    path: string;
    size: number;
    sha256: string;
    state: CanaryState;
    planted_at: string;
    checked_at: string;
    changed_at: string | null;
  };
  backup_coverage: {
    copy_id: string;
    at: string;
    items: number;
    bytes: number;
    never_items: number;
    never_bytes: number;
    oldest_read_at: string | null;
  };
}
