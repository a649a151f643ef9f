import type { GeneratedAlways } from 'kysely';

import type { EntryStatus, EntryType } from '../contract/index.ts';

export interface KnowledgeTables {
  knowledge_entries: {
    position: GeneratedAlways<number>;
    id: string;
    external_id: string | null;
    type: EntryType;
    status: EntryStatus;
    lang: string;
    version: number;
    content_hash: string;
    /** Instants, here and below. */
    created_at: string;
    created_by: string;
    updated_at: string;
    updated_by: string;
    title: string;
    body: string;
  };
  knowledge_entry_tags: { tag: string; entry_position: number };
  /** In how many entries a word occurs. */
  knowledge_words: { word: string; entries: number };
}
