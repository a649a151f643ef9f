/** Tables of migration 0009: reports that are kept, their deliveries and plans, auditors' marks, ISO 19650 metadata. */
import type { GeneratedAlways } from 'kysely';

import type {
  ControlId,
  ControlMark,
  DocumentFormat,
  DocumentKind,
  DocumentTable,
  StoredDocument,
} from '../../contract/index.ts';

/** Columns that end with `_at` or `_until` are instants, with `_day` days of the house's calendar. */
export interface DocumentTables {
  backup_documents: {
    position: GeneratedAlways<number>;
    id: string;
    kind: DocumentKind;
    format: DocumentFormat;
    table_name: DocumentTable | null;
    job_key: string | null;
    from_day: string;
    to_day: string;
    language: StoredDocument['language'];
    name: string;
    media_type: string;
    size: number;
    made_at: string;
    made_by: string;
    plan: string | null;
    keep_until: string;
    removed_at: string | null;
    /** JSON. */
    signature: string;
    /** Null once it was removed. */
    content: Uint8Array | null;
  };
  backup_document_deliveries: {
    position: GeneratedAlways<number>;
    document_id: string;
    target: string;
    /** Whether the file was wished for, and whether it went along. */
    attach: number;
    state: StoredDocument['deliveries'][number]['state'];
    attached: number;
    at: string;
  };
  backup_document_plans: {
    name: string;
    /** JSON. */
    plan: string;
    created_by: string;
    created_at: string;
  };
  backup_control_marks: {
    position: GeneratedAlways<number>;
    control: ControlId;
    mark: ControlMark['mark'];
    note: string;
    by_name: string;
    at: string;
  };
  backup_containers: {
    job_key: string;
    code: string;
    /** JSON. */
    metadata: string;
    updated_at: string;
  };
}
