import type { Generated, GeneratedAlways } from 'kysely';

import type {
  DuplicateMethod,
  DuplicateState,
  EntryStatus,
  EntryType,
  FeedbackKind,
  FindingState,
  LinkKind,
  Severity,
  SystemFeedbackCategory,
  SystemFeedbackStatus,
  UseAction,
  Visibility,
} from '../contract/index.ts';

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
    visibility: Visibility;
    department: string | null;
    owner: string | null;
    reviewer: string | null;
    /** A day. */
    review_on: string | null;
    severity: Severity | null;
    note: string | null;
    restored_from: number | null;
  };
  /** What entries said before; what they say now stands with them. */
  knowledge_versions: {
    entry_id: string;
    version: number;
    saved_at: string;
    saved_by: string;
    note: string | null;
    restored_from: number | null;
    /** `EntryContent` as JSON. */
    content: string;
  };
  knowledge_links: {
    source_id: string;
    target_id: string;
    kind: LinkKind;
    note: string | null;
    linked_at: string;
    linked_by: string;
  };
  /** Their bytes are files, named by `sha256`. */
  knowledge_attachments: {
    entry_id: string;
    name: string;
    sha256: string;
    size_bytes: number;
    media_type: string;
    added_at: string;
    added_by: string;
  };
  /** `content` is a `FaqContent` as JSON, here and in its versions. */
  knowledge_faq: {
    id: string;
    number: number;
    content: string;
    version: number;
    updated_at: string;
    updated_by: string;
    note: string | null;
  };
  /** The last number given; one row, `faq`. */
  knowledge_faq_numbers: { kind: string; last: number };
  knowledge_faq_versions: {
    faq_id: string;
    version: number;
    content: string;
    saved_at: string;
    saved_by: string;
    note: string | null;
  };
  knowledge_faq_votes: { faq_id: string; person: string; voice: 'helpful' | 'not-helpful'; given_at: string };
  /** Candidates somebody decided on, in one spelling. */
  knowledge_faq_decisions: {
    folded: string;
    decision: 'accepted' | 'rejected';
    decided_at: string;
    decided_by: string;
  };
  /** `state` is a `DialogueState` as JSON. */
  knowledge_dialogues: { id: string; person: string; state: string; started_at: string; updated_at: string };
  knowledge_conversations: {
    id: string;
    person: string;
    /** The draft it was handed over as. */
    entry_id: string | null;
    started_at: string;
    updated_at: string;
  };
  /** `answer` is a `KeptAnswer` as JSON. */
  knowledge_conversation_turns: {
    conversation_id: string;
    number: number;
    key: string;
    question: string;
    asked_at: string;
    answer: string;
  };
  /** States are hashes of what both said when they last agreed. */
  knowledge_synced: { folder: string; entry_id: string; file: string; entry_state: string; file_state: string };
  knowledge_tag_aliases: { folded: string; alias: string; tag: string };
  knowledge_feedback: {
    entry_id: string;
    person: string;
    kind: FeedbackKind;
    comment: string | null;
    given_at: string;
  };
  knowledge_tasks: {
    id: string;
    entry_id: string;
    kind: FeedbackKind;
    opened_at: string;
    opened_by: string;
    comment: string | null;
    closed_at: string | null;
    closed_by: string | null;
    outcome: 'done' | 'dismissed' | null;
    assignee: string | null;
    /** A day. */
    due_on: string | null;
    resolution: string | null;
  };
  /** `entry` is the whole entry as JSON. */
  knowledge_removed: {
    id: string;
    external_id: string | null;
    removed_at: string;
    removed_by: string;
    /** The id of the entry that stands for it now. */
    merged_into: string | null;
    entry: string;
  };
  knowledge_finding_marks: {
    entry_id: string;
    finding: string;
    state: FindingState;
    note: string | null;
    marked_at: string;
    marked_by: string;
  };
  /** Entries people want to hear of, and the version they know. */
  knowledge_watches: {
    person: string;
    entry_id: string;
    seen_version: number;
    seen_at: string;
    /** The version they were mailed about last; behind `seen_version` or equal: they looked since. */
    told_version: Generated<number>;
  };
  /** `content` is a `KeptCuration` as JSON; `told`: whether it was mailed. */
  knowledge_curation_reports: { id: string; made_at: string; made_by: string; told: number; content: string };
  /** What people say of Kura itself. */
  knowledge_system_feedback: {
    id: string;
    category: SystemFeedbackCategory;
    title: string;
    description: string;
    priority: Severity;
    status: SystemFeedbackStatus;
    assignee: string | null;
    answer: string | null;
    given_at: string;
    given_by: string;
    updated_at: string;
    resolved_at: string | null;
  };
  /** `one_id` is the smaller id; `per_mille` how alike they were when found. */
  knowledge_duplicate_pairs: {
    one_id: string;
    other_id: string;
    per_mille: number;
    method: DuplicateMethod;
    found_at: string;
    state: DuplicateState;
    judged_at: string | null;
    judged_by: string | null;
    note: string | null;
  };
  /** The last change that was looked at; one row, `entries`. */
  knowledge_duplicate_looks: { kind: string; updated_at: string; position: number };
  /** What tags mean; those of entries need not stand here. */
  knowledge_tags: { tag: string; type: EntryType | null; description: string | null; colour: string | null };
  knowledge_entry_tags: { tag: string; entry_position: number };
  /** In how many entries a word occurs. */
  knowledge_words: { word: string; entries: number };
  /** Searches that found nothing, as last typed and in one spelling; days as YYYY-MM-DD. */
  knowledge_unanswered: { folded: string; query: string; searches: number; first_on: string; last_on: string };
  /** Searches on pages; `folded` and `query` are empty where the words might be somebody's. */
  knowledge_searches: {
    id: string;
    searched_on: string;
    folded: string;
    query: string;
    hits: number;
    opened_after_ms: number | null;
    opened_place: number | null;
  };
  /** `viewer` tells readers of one month apart and leads back to nobody. */
  knowledge_uses: { entry_id: string; action: UseAction; used_on: string; viewer: string; times: number };
  /** Batches of searches and uses that are written; one tried again is not counted again. */
  knowledge_use_batches: { id: string; noted_on: string };
  /** Calls of the answer writer; days in UTC. */
  knowledge_writer_calls: { day: string; calls: number };
  knowledge_use_salts: { month: string; salt: string };
}
