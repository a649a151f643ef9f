/**
 * The knowledge base: entries with a type of IT service management, imported, written, and found again in Japanese and
 * English. `#knowledge/contract` holds what web and command line may know of it.
 */
import type { Migration } from '#platform/db';
import type { HandledJob, JobKind } from '#platform/jobs';

import { clearKnowledgeJob } from './core/clearing/clear-daily.ts';
import { duplicatesJob } from './core/duplicates/duplicate-queue.ts';
import {
  conversationChanged,
  curationMade,
  entriesImported,
  entryMoved,
  entryRemoved,
  entrySaved,
  taskOpened,
} from './core/entries/entry-events.ts';
import { curationJob } from './core/usage/curation.ts';
import type { Knowledge } from './knowledge.ts';
import { entriesMigration } from './migrations/0001-entries.ts';
import { factsInIndexMigration } from './migrations/0002-facts-in-index.ts';
import { unansweredSearchesMigration } from './migrations/0003-unanswered-searches.ts';
import { versionsMigration } from './migrations/0004-versions.ts';
import { linksMigration } from './migrations/0006-links.ts';
import { tagsAndFeedbackMigration } from './migrations/0008-tags-and-feedback.ts';
import { attachmentsMigration } from './migrations/0009-attachments.ts';
import { faqAndDialoguesMigration } from './migrations/0010-faq-and-dialogues.ts';
import { usageMigration } from './migrations/0011-usage.ts';
import { gitSyncMigration } from './migrations/0012-git-sync.ts';
import { conversationsMigration } from './migrations/0013-conversations.ts';
import { taskCareMigration } from './migrations/0014-task-care.ts';
import { postingListsMigration } from './migrations/0015-posting-lists.ts';
import { faqNumbersMigration } from './migrations/0017-faq-numbers.ts';
import { ownerAndSeverityMigration } from './migrations/0018-owner-and-severity.ts';
import { duplicatePairsMigration } from './migrations/0020-duplicate-pairs.ts';
import { findingsMigration } from './migrations/0021-findings.ts';
import { systemFeedbackMigration } from './migrations/0022-system-feedback.ts';
import { watchesMigration } from './migrations/0023-watches.ts';
import { useBatchesMigration } from './migrations/0024-use-batches.ts';
import { tagVocabularyMigration } from './migrations/0025-tag-vocabulary.ts';
import { curationMigration } from './migrations/0026-curation-and-followers.ts';
import { writerCallsMigration } from './migrations/0027-writer-calls.ts';

export type { CurationReport } from './contract/index.ts';
export { clearingSchedule } from './core/clearing/clear-daily.ts';
export { duplicatesSchedule } from './core/duplicates/duplicate-queue.ts';
export type { DraftedIncident, Entries } from './core/entries/entries.ts';
export type { Writer } from './core/entries/entry-changes.ts';
export type { IncidentDraft } from './core/entries/incident-draft.ts';
export type { KnowledgeRules } from './core/entries/publishing-rules.ts';
export type { Reader } from './core/entries/reading-scope.ts';
export type { ImportOptions, ImportReport, SkippedRecord } from './core/exchange/import-knowledge.ts';
/** For `kura db check`: index and entries agree. */
export { createIndexProbe } from './core/search/index-probe.ts';
export type { SearchRequest } from './core/search/search-request.ts';
export { curationSchedule } from './core/usage/curation.ts';
export type { FollowedChange } from './core/watches/tell-followers.ts';
export { knowledgeRoutes } from './http/knowledge-routes.ts';
export { createKnowledge, type Knowledge, type KnowledgeDeps } from './knowledge.ts';

export const knowledgeMigrations: readonly Migration[] = [
  entriesMigration,
  factsInIndexMigration,
  unansweredSearchesMigration,
  versionsMigration,
  linksMigration,
  tagsAndFeedbackMigration,
  attachmentsMigration,
  faqAndDialoguesMigration,
  usageMigration,
  gitSyncMigration,
  conversationsMigration,
  taskCareMigration,
  postingListsMigration,
  faqNumbersMigration,
  ownerAndSeverityMigration,
  duplicatePairsMigration,
  findingsMigration,
  systemFeedbackMigration,
  watchesMigration,
  useBatchesMigration,
  tagVocabularyMigration,
  curationMigration,
  writerCallsMigration,
];
export const knowledgeJobs: readonly JobKind[] = [clearKnowledgeJob, duplicatesJob, curationJob];

export function knowledgeJobHandlers({ jobHandlers }: Knowledge): readonly HandledJob[] {
  return jobHandlers;
}

/** For who curates; told by mail, to no open page. */
/** For the tabs of who asks; told to nobody else. */
export { conversationChanged, curationMade };
export const knowledgeEvents = { entrySaved, entryRemoved, entryMoved, taskOpened, entriesImported } as const;
export { knowledgeCommands } from './cli/all-knowledge-commands.ts';
export { knowledgeMessages } from './messages/knowledge-messages.ts';
