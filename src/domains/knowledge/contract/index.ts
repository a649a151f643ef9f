/** What the knowledge base agrees on with web and command line: routes and shapes. Safe for browsers. */

export { adviseEntry, type EntryAdvice } from './advice-routes.ts';
export { askKnowledge, type KnowledgeAnswer, type Passage } from './ask-routes.ts';
export {
  type Attachment,
  addAttachment,
  downloadAttachment,
  largestAttachmentMiB,
  listAttachments,
  mostAttachments,
  type ReadAttachment,
  readAttachment,
  removeAttachment,
} from './attachment-routes.ts';
export {
  askInConversation,
  type ConversationTurn,
  type ConversationView,
  handOverConversation,
  listConversations,
  questionKeySchema,
  questionSchema,
  readConversation,
  removeConversation,
  startConversation,
} from './conversation-routes.ts';
export {
  answerDialogue,
  type DialogueStep,
  type DialogueView,
  finishDialogue,
  listDialogues,
  readDialogue,
  removeDialogue,
  startDialogue,
} from './dialogue-routes.ts';
export {
  type DuplicateMethod,
  type DuplicatePair,
  type DuplicateState,
  duplicateMethods,
  duplicateStateSchema,
  duplicateStates,
  judgeDuplicatePair,
  listDuplicatePairs,
  lookForDuplicates,
} from './duplicate-pair-routes.ts';
export { findDuplicates, type LikelyDuplicate, mergeEntries } from './duplicate-routes.ts';
export {
  type EntryFinding,
  type FindingKind,
  type FindingSeverity,
  type FindingState,
  findingSeverities,
  findingStateSchema,
  findingStates,
  listEntryFindings,
  markEntryFinding,
} from './entry-finding-routes.ts';
export {
  bodySchema,
  type ChangedEntry,
  changedEntrySchema,
  daySchema,
  type EntryStatus,
  type EntrySummary,
  type EntryType,
  type EntryView,
  entrySchema,
  entryStatuses,
  entryStatusSchema,
  entrySummarySchema,
  entryTypeSchema,
  entryTypes,
  externalIdSchema,
  langSchema,
  longestBody,
  longestTitle,
  mostTags,
  type NewEntry,
  nameSchema,
  newEntrySchema,
  noteSchema,
  type Severity,
  severities,
  severitySchema,
  tagSchema,
  tagsSchema,
  titleSchema,
  type Visibility,
  visibilities,
  visibilitySchema,
} from './entry-shapes.ts';
export { type EntryTemplate, entryTemplates, type TemplateSection } from './entry-templates.ts';
export {
  type ExportedArchive,
  type ExportedRecords,
  exportArchive,
  exportEntries,
  mostChosenEntries,
} from './export-routes.ts';
export {
  createFaq,
  type FaqCandidate,
  type FaqContent,
  type FaqItem,
  type FaqStatus,
  type FaqVersion,
  faqContentSchema,
  faqStatuses,
  faqStatusSchema,
  listFaq,
  listFaqCandidates,
  listFaqVersions,
  readFaq,
  rejectFaqCandidate,
  removeFaq,
  updateFaq,
  voteFaq,
} from './faq-routes.ts';
export {
  assignTask,
  closeTask,
  type EntryFeedback,
  type FeedbackKind,
  feedbackKindSchema,
  feedbackKinds,
  giveFeedback,
  type KnowledgeTask,
  listTasks,
  readFeedback,
} from './feedback-routes.ts';
export {
  type RelatedEntry,
  relatedEntries,
  type Suggestions,
  suggestKnowledge,
  type UnansweredSearch,
  unansweredSearches,
} from './finding-routes.ts';
export {
  bringBackEntry,
  type ComparedVersions,
  comparedFields,
  compareVersions,
  confirmEntry,
  type ListedVersion,
  listRemovedEntries,
  listVersions,
  moveEntry,
  purgeEntry,
  type RemovedEntryView,
  restoreVersion,
} from './history-routes.ts';
export {
  type EntryLink,
  followEntry,
  type LinkKind,
  linkEnds,
  linkEntries,
  linkKindSchema,
  linkKinds,
  listLinks,
  unlinkEntries,
} from './link-routes.ts';
export { createEntry, listEntries, readEntry, removeEntry, searchKnowledge, updateEntry } from './routes.ts';
export {
  literalReasons,
  type SearchAnswer,
  type SearchHit,
  searchAnswerSchema,
  searchHitSchema,
  searchQuerySchema,
} from './search-shapes.ts';
export { readSummary, type SummaryLine, type TextSummary } from './summary-routes.ts';
export {
  preferredSideSchema,
  type SyncReport,
  type SyncRow,
  syncKnowledge,
  type ToldSyncReport,
} from './sync-routes.ts';
export { forgetTagAlias, type ListedTag, listTags, renameTag } from './tag-routes.ts';
export {
  type EntryUsage,
  type KnowledgeFigure,
  type KnowledgeGaps,
  type KnowledgeUsage,
  listRecurrences,
  noteUse,
  proposeProblem,
  type Recurrence,
  readEntryUsage,
  readGaps,
  readUsage,
  type UseAction,
  useActions,
} from './usage-routes.ts';
