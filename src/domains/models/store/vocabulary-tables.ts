import type { ObservedKind, ObservedSource } from '../core/vocabulary/observed-value.ts';

export interface VocabularyTables {
  /** Words of the site that Kura did not come with. */
  observed_values: {
    kind: ObservedKind;
    value: string;
    first_seen_at: string;
    last_seen_at: string;
    /** Different models. */
    sightings: number;
    source: ObservedSource;
  };
  /** In which models they were seen. */
  observed_models: {
    kind: ObservedKind;
    value: string;
    model_id: number;
  };
  vocabulary_refreshes: {
    site: string;
    asked_at: string;
    answered_at: string | null;
  };
}
