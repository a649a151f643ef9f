import type { GeneratedAlways } from 'kysely';

import type { ChangeKind, Impact, ProbeOutcome } from '#engines/civitai';

export interface ApiWatchTables {
  /** What is known of each endpoint: an `AnswerShape` as JSON. */
  api_shapes: { endpoint: string; shape: string; learned_at: string };
  api_changes: {
    position: GeneratedAlways<number>;
    id: string;
    /** The same for every sighting of the same change. */
    identity: string;
    endpoint: string;
    kind: ChangeKind;
    path: string;
    known: string;
    found: string;
    impact: Impact;
    additive: number;
    state: 'open' | 'accepted';
    first_seen_at: string;
    last_seen_at: string;
    sightings: number;
    accepted_at: string | null;
    accepted_by: string | null;
  };
  /** Only features that were used, probed or chosen have a row. */
  api_features: {
    feature_id: string;
    succeeded: number;
    failed: number;
    last_used_at: string | null;
    last_failed_at: string | null;
    last_error: string | null;
    probed_at: string | null;
    probe_outcome: ProbeOutcome | null;
    chosen: 'on' | 'off' | null;
  };
}
