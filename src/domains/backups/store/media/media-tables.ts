import type { GeneratedAlways } from 'kysely';

import type { MediumCondition, MediumStage, RemovableKind, TapeGeneration } from '../../contract/index.ts';
import type { BackupsTables } from '../backups-tables.ts';

/** Columns that end with `_at` are instants, those that end with `_on` and `day` are days (`YYYY-MM-DD`). */
export interface MediaTables
  extends Pick<
    BackupsTables,
    'backup_jobs' | 'backup_copies' | 'backup_runs' | 'backup_verifications' | 'backup_holidays'
  > {
  backup_places: {
    id: string;
    site: string;
    room: string;
    slot: string;
    capacity: number | null;
    notes: string;
  };
  backup_media_sets: {
    key: string;
    title: string;
    /** JSON: a rotation scheme. */
    scheme: string;
    starts_on: string;
    /** JSON array of days. */
    holidays: string;
    /** Calendar of holidays besides. */
    calendar: string | null;
    active: number;
    created_at: string;
  };
  backup_media: {
    id: string;
    label: string;
    kind: RemovableKind;
    condition: MediumCondition;
    name: string;
    capacity_bytes: number | null;
    generation: TapeGeneration | null;
    maker: string;
    model: string;
    serial: string;
    purchased_on: string | null;
    warranty_until: string | null;
    owner: string;
    notes: string;
    stage: MediumStage;
    stage_since: string;
    place_id: string | null;
    set_key: string | null;
    set_position: string | null;
    created_at: string;
  };
  backup_medium_events: {
    position: GeneratedAlways<number>;
    medium_id: string;
    at: string;
    action: string;
    from_stage: MediumStage | null;
    to_stage: MediumStage;
    place: string;
    actor: string;
    note: string;
    /** JSON object. */
    evidence: string;
  };
  backup_medium_loads: {
    id: string;
    medium_id: string;
    /** The set it rotated in at that time. */
    set_key: string | null;
    loaded_at: string;
    unloaded_at: string | null;
  };
  /** Exactly one of the two is set. */
  backup_media_copies: {
    copy_id: string;
    medium_id: string | null;
    set_key: string | null;
  };
  backup_media_swaps: {
    id: string;
    set_key: string;
    day: string;
    position: string;
    state: 'due' | 'done' | 'missed';
    /** Labels. */
    planned: string | null;
    taken_out: string | null;
    put_in: string | null;
    actor: string | null;
    at: string | null;
    note: string;
    /** JSON array of what was seen on the medium. */
    content: string;
    /** When somebody was last told that it is late. */
    chased_on: string | null;
  };
  backup_media_loans: {
    id: string;
    medium_id: string;
    borrower: string;
    organisation: string;
    contact: string;
    purpose: string;
    handed_over_by: string;
    lent_at: string;
    due_on: string;
    returned_at: string | null;
    taken_back_by: string | null;
    condition: MediumCondition | null;
    note: string;
    chased_on: string | null;
  };
  backup_media_certificates: {
    id: string;
    medium_id: string;
    kind: 'retired' | 'destroyed';
    at: string;
    document: string;
    sha256: string;
    signature: string;
    key_id: string;
    public_key: string;
  };
}
