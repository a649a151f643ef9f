import type { GeneratedAlways } from 'kysely';

import type { CollectionStatus, RunKind, SweepStatus, WatchOutcome } from '../contract/index.ts';

/** What a collection was made for; each keeps its own line of collections of one query. */
export type CollectionPurpose = 'collect' | 'sweep' | 'watch';

export interface CollectingTables {
  collections: {
    position: GeneratedAlways<number>;
    id: string;
    search_key: string;
    purpose: CollectionPurpose;
    /** Id of the sweep or watch; empty for people's own. */
    owner: string;
    query: string;
    status: CollectionStatus;
    reason_code: string | null;
    reason_params: string | null;
    /** Where the next page begins; null = at the start. */
    cursor: string | null;
    pages: number;
    models: number;
    versions: number;
    new_versions: number;
    /** The finished collection to compare with. */
    baseline_id: string | null;
    stages: string;
    /** Fencing token: grows each time somebody begins to read for it. */
    run: number;
    job_id: string | null;
    created_at: string;
    updated_at: string;
    finished_at: string | null;
  };
  collection_rows: {
    collection_id: string;
    version_id: number;
    model_id: number;
    /** Order of the search. */
    place: number;
    published_at: string | null;
    is_new: number;
  };
  sweeps: {
    id: string;
    name: string;
    status: SweepStatus;
    plan: string;
    job_id: string | null;
    created_at: string;
    updated_at: string;
  };
  sweep_cells: {
    sweep_id: string;
    place: number;
    label: string;
    query: string;
    /** Null before its turn. */
    collection_id: string | null;
  };
  saved_searches: { id: string; name: string; query: string; created_at: string; updated_at: string };
  watches: {
    id: string;
    name: string;
    search_id: string;
    has_baseline: number;
    last_run_at: string | null;
    last_outcome: WatchOutcome | null;
    reason_code: string | null;
    reason_params: string | null;
    created_at: string;
  };
  /** Versions a watch knows of: what is not here is news. */
  watch_known: { watch_id: string; version_id: number; published_at: string | null };
  watch_findings: {
    position: GeneratedAlways<number>;
    watch_id: string;
    version_id: number;
    model_id: number;
    found_at: string;
    seen_at: string | null;
  };
  search_runs: {
    position: GeneratedAlways<number>;
    id: string;
    kind: RunKind;
    query: string;
    found: number;
    stages: string;
    stopped: string;
    reason_code: string | null;
    reason_params: string | null;
    result_hash: string;
    started_at: string;
    ms: number;
  };
}
